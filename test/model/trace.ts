/**
 * What the real engine did in one scenario: which calls came, with what, and what it kept of the answers.
 *
 * Properties are told by where they come from ("inputs 2" are the second ones that `check` answered with), never by
 * what is in them, so a recording holds no id, name, time or value, and reads the same on every machine.
 */
export interface Trace {
  readonly title: string;
  readonly vendor: "xentree" | "sendkit";
  readonly steps: readonly TracedRun[];
}

/** What the user runs, on which program, and what goes wrong. */
export interface Command {
  readonly run: "up" | "refresh" | "destroy";
  /** Whether the CLI previews before it acts. */
  readonly preview?: true;
  /** `--replace` of the resource. */
  readonly replace?: true;
  /** Name of the arguments that the program gives the resource; null where it declares none. */
  readonly program: string | null;
  readonly fault?: Fault;
}

/** What becomes of one call. */
export interface Fault {
  readonly method: Method;
  /** How many calls of the method pass unharmed first. Default: 0. */
  readonly skip?: number;
  readonly what: /** Nothing is done, and the call fails. */
    | "fails"
    /** It is done, and the call fails with the id and the outputs. */
    | "fails partially"
    /** It is done, and then the provider process dies. */
    | "provider is killed"
    /** The call succeeds, and the CLI dies before it gets the result. */
    | "CLI is killed";
}

/** One run of the CLI. */
export interface TracedRun extends Command {
  /** The calls of each provider process that was asked anything: the preview's, then the operation's own. */
  readonly processes: readonly (readonly Call[])[];
  readonly ending: "succeeded" | "failed" | "killed";
  /** What is in state afterwards, in the state's own order. */
  readonly resources: readonly TracedResource[];
  readonly pending: readonly { readonly type: string; readonly inputs: Origin }[];
}

export type Method = "check" | "diff" | "create" | "read" | "update" | "delete";

/** Where properties come from; "nothing" has none. */
export type Origin = string;

export interface Call {
  readonly call: Method;
  readonly id?: string;
  readonly olds?: Origin;
  readonly news?: Origin;
  readonly answer: Answer | "fails" | "never comes";
}

/** The parts that the method's answer has. */
export interface Answer {
  readonly valid?: boolean;
  /** Absent where the provider leaves it to the engine to compare the inputs. */
  readonly changes?: boolean;
  readonly replaces?: boolean;
  readonly deleteBeforeReplace?: boolean;
  /** Absent where `read` found nothing. */
  readonly id?: string;
  readonly inputs?: Origin;
  readonly outputs?: Origin;
  /** It came with an error. */
  readonly partial?: true;
}

export interface TracedResource {
  readonly id: string;
  readonly inputs: Origin;
  readonly outputs: Origin;
  /** Replaced, and still to be deleted. */
  readonly delete?: true;
  /** Deleted, and still to be replaced. */
  readonly pendingReplacement?: true;
  /** The last create or update failed partially. */
  readonly failed?: true;
}

/** The engine deletes what is condemned side by side, in an order that changes from run to run. */
export function ordered(calls: readonly Call[]): Call[] {
  return calls.toSorted((a, b) =>
    a.call === "delete" && b.call === "delete" ? (a.id ?? "").localeCompare(b.id ?? "") : 0,
  );
}
