import { ApiKeysError } from "../base/errors";
import type { Connection, Connections } from "../connection/connections";
import type { ServiceDefinition } from "../definition/definition";
import { resolveService } from "../definition/registry";
import { printable } from "../redaction/printable";
import type { PathParameters, Vendor } from "../vendor";
import { type Properties, requiredText, text } from "./state/properties";

/** What the lifecycle needs of the world around it. */
export interface OperationContext {
  readonly connections: Connections;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds. */
  sleep(ms: number): Promise<void>;
  /** Seven random hexadecimal digits. */
  suffix(): string;
  vendor(definition: ServiceDefinition, connection: Connection): Vendor;
  readonly adoptions: Adoptions;
  readonly creates: CreateJournal;
  readonly successions: Successions;
}

/**
 * The dates that a replacement takes over. `check` is asked about it as about a new key, with nothing of the old one;
 * what it was asked before, in the same operation, was the same but for the old inputs.
 */
export interface Successions {
  /** Notes that a key of these inputs is due, and from when its successor's period counts. */
  expect(given: Properties, anchorMs: number): void;
  /** From when the period of a key counts that succeeds another, or undefined for any other. */
  anchorMs(given: Properties): number | undefined;
  /** Forgets all: another operation begins. */
  clear(): void;
}

/**
 * Notes of creates under way. The engine forgets a create whose provider process was killed, and with it the name by
 * which `recover` would find the key.
 */
export interface CreateJournal {
  /**
   * Notes a create before its request is sent.
   *
   * @param what the inputs by which the key is found: never a value or a credential
   */
  begin(what: Properties): Promise<CreateNote>;
  /** Names of keys whose create was cut short in an earlier operation of this stack; each is told once. */
  unfinished(): Promise<readonly string[]>;
}

export interface CreateNote {
  /**
   * Strikes the note out.
   *
   * @param outcome a key that was `made` is on its way into the state, and the note outlives the answer; of `nothing`
   *   there is none to be lost
   */
  end(outcome: "made" | "nothing"): void;
}

/**
 * What this engine operation has learned of adopted keys. Inputs that adopt a key look the same when it is to be
 * taken over and when it is to be replaced, and `create` is not told which; `diff`, in the same process, is.
 */
export interface Adoptions {
  /** Ids in `adopt` whose resource is being replaced: a successor is to be created, not the key taken over again. */
  readonly succeeded: Set<string>;
  /** Ids of keys taken over in this operation: a resource that gives one up must not revoke it. */
  readonly takenOver: Set<string>;
}

/** One key, with the vendor that holds it. */
export interface KeyContext {
  readonly definition: ServiceDefinition;
  readonly vendor: Vendor;
  readonly pathParameters: PathParameters;
  /** Milliseconds by which the vendor's list may lag behind a create. */
  readonly listLagMs: number;
  /** How messages call the key. */
  readonly label: string;
}

/** The key that inputs or outputs speak of. */
export function resolveKey(operation: OperationContext, properties: Properties): KeyContext {
  const definition = resolveService(properties);
  const connection = operation.connections.resolve(requiredText(properties, "connection"), definition);
  const pathParameters = Object.fromEntries(
    Object.keys(definition.pathParameters).map((name) => [name, requiredText(properties, name)]),
  );
  const called = text(properties, "name") ?? text(properties, "keyId");
  const label = `${definition.title} key${called === undefined ? "" : ` ${JSON.stringify(printable(called))}`}`;
  const { listLagMs } = connection;
  return { definition, vendor: operation.vendor(definition, connection), pathParameters, listLagMs, label };
}

/**
 * The key that outputs speak of, at the place where it was created.
 *
 * @throws {ApiKeysError} IDENTITY_MISMATCH when the connection now leads elsewhere: another server's word
 *   about the key would be worth nothing
 */
export function resolveRecordedKey(operation: OperationContext, outputs: Properties): KeyContext {
  const context = resolveKey(operation, outputs);
  const recorded = requiredText(outputs, "origin");
  if (context.vendor.origin !== recorded) {
    throw new ApiKeysError(
      "IDENTITY_MISMATCH",
      `The ${context.label} was created at ${recorded}, but connection "${outputs.connection}" now leads to ` +
        `${context.vendor.origin}. Correct the connection's base URL, or give the other server a connection of its own.`,
    );
  }
  return context;
}
