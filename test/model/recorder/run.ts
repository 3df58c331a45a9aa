import { resourceType } from "../../../provider/base/resourceType";
import type { Deployment } from "../../support/engine/stateFile";
import { type Answer, type Call, type Method, ordered, type TracedRun } from "../trace";
import type { Origins } from "./origins";
import type { Step } from "./scenarios";

/** A line of the recorder's: a call, or what became of it. */
interface Line {
  readonly process: number;
  /** Serial number in its process. */
  readonly call: number;
  readonly method?: Method;
  readonly args?: readonly unknown[];
  readonly answer?: Bag;
  readonly failed?: true;
}
// biome-ignore lint/suspicious/noExplicitAny: what an answer holds depends on the method, as in the SDK's own types
type Bag = Record<string, any>;

/** What each argument of a method is. */
const roles = {
  check: ["olds", "news"],
  diff: ["id", "olds", "news"],
  create: ["news"],
  read: ["id", "olds"],
  update: ["id", "olds", "news"],
  delete: ["id", "olds"],
} as const;

/** What one run of the CLI did. */
export function tracedRun(
  origins: Origins,
  { before: _, ...command }: Step,
  log: string,
  ending: TracedRun["ending"],
  { resources, pending_operations }: Deployment,
): TracedRun {
  const lines = log.split("\n").flatMap((text) => (text === "" ? [] : [JSON.parse(text) as Line]));
  const processes = [...new Set(lines.map(({ process }) => process))].map((process) =>
    callsOf(
      origins,
      command.program,
      lines.filter((line) => line.process === process),
    ),
  );
  const ours = (resources ?? []).filter(({ type }) => type === resourceType);
  return {
    ...command,
    processes,
    ending,
    resources: ours.map((resource) => ({
      id: origins.known(resource.id),
      inputs: origins.known(resource.inputs),
      outputs: origins.known(resource.outputs),
      ...(resource.delete && { delete: true }),
      ...(resource.pendingReplacement && { pendingReplacement: true }),
      ...(resource.initErrors && { failed: true }),
    })),
    pending: (pending_operations ?? []).map(({ type, resource }) => ({
      type,
      inputs: origins.known(resource.inputs),
    })),
  };
}

function callsOf(origins: Origins, program: string | null, lines: readonly Line[]): Call[] {
  const calls = lines.flatMap(({ call, method, args }): Call[] => {
    if (method === undefined || args === undefined) return [];
    const told = roles[method].map((role, index) => {
      const argument = args[index];
      const fromProgram = method === "check" && role === "news";
      const origin = fromProgram ? origins.called(String(program), argument) : origins.known(argument);
      return [role, origin] as const;
    });
    const end = lines.find((line) => line.call === call && (line.answer || line.failed));
    const heard = end?.answer && answerOf(origins, method, end.answer, args);
    const answer = heard ?? (end ? "fails" : "never comes");
    return [
      {
        call: method,
        ...Object.fromEntries(told),
        answer: end?.failed && heard ? { ...heard, partial: true } : answer,
      },
    ];
  });
  return ordered(calls);
}

function answerOf(origins: Origins, method: Method, answer: Bag, args: readonly unknown[]): Answer {
  switch (method) {
    case "check":
      return { inputs: origins.numbered("inputs", answer.inputs), valid: answer.failures.length === 0 };
    case "diff":
      return {
        ...(answer.changes !== undefined && { changes: answer.changes }),
        replaces: answer.replaces.length > 0,
        deleteBeforeReplace: answer.deleteBeforeReplace,
      };
    case "delete":
      return {};
    default:
      if (answer.id === "") return {};
      return {
        id: origins.numbered("key", answer.id ?? args[0]),
        outputs: origins.numbered("outputs", answer.outs ?? answer.props),
        ...(answer.inputs && { inputs: origins.numbered("inputs", answer.inputs) }),
      };
  }
}
