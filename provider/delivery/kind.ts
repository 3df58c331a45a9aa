import { z } from "zod";
import { ApiKeysError } from "../base/errors";
import type { Store, Target } from "./store";

/** A kind of store: how its places are said, and how one is opened. */
export interface StoreKind<T = unknown, S = unknown> {
  /** What people call it. */
  readonly title: string;
  /** Judges a target as the program has it. */
  readonly target: z.ZodType<T>;
  /** Judges its settings, `apikeys:stores.<name>` in stack config. */
  readonly settings: z.ZodType<S>;
  /** Whether what was written can be read back from there; a function where that depends on the target. */
  readonly readsBack: boolean | ((target: Target) => boolean);
  /**
   * Sends nothing yet.
   *
   * @throws {ApiKeysError} DELIVERY_FAILED or CONFIGURATION when it cannot be used
   */
  open(target: T, surroundings: Surroundings<S>): Promise<Store>;
}

/** What a store finds around it. */
export interface Surroundings<S> {
  /** Name of its settings in stack config. */
  readonly connection: string;
  readonly settings: S;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What all places of one store share in one engine operation, such as a client with its credentials; made once. */
  shared<T>(name: string, make: () => T): T;
}

/** Some text. */
export const nonEmpty = z.string({ error: "must be text" }).min(1, "must not be empty");

/** Members that every target may have. */
export const commonMembers = {
  connection: nonEmpty.optional(),
  leaveBehind: z.boolean({ error: "must be true or false" }).optional(),
};

/** Members that say what is written into fields. */
export const fieldMembers = {
  field: nonEmpty.optional(),
  fields: z
    .record(nonEmpty, nonEmpty, { error: 'must name parts of the key, such as { token: "value" }' })
    .optional(),
  previous: nonEmpty.optional(),
};

interface Fields {
  readonly field?: string | undefined;
  readonly fields?: Readonly<Record<string, string>> | undefined;
  readonly previous?: string | undefined;
}

/** What is wrong with the fields of a target; undefined where nothing is. */
function fieldProblem({ field, fields, previous }: Fields, mayBeWhole: boolean): string | undefined {
  if (field !== undefined && fields !== undefined) return "has field and fields: give one of them";
  if (fields !== undefined && Object.keys(fields).length === 0) return "has no fields to write";
  const isWhole = field === undefined && fields === undefined;
  if (isWhole && !mayBeWhole) return "does not say where the value goes: field is missing";
  if (isWhole && previous !== undefined)
    return "has previous without field: a secret without fields holds one value";
  const names = fields === undefined ? [field] : Object.keys(fields);
  return previous !== undefined && names.includes(previous) ? `writes ${previous} twice` : undefined;
}

/**
 * The schema of a target with fields.
 *
 * @param mayBeWhole whether a secret may be the value alone
 */
export function targetWithFields<T extends z.ZodRawShape>(members: T, mayBeWhole = false) {
  return z.strictObject({ ...commonMembers, ...fieldMembers, ...members }).superRefine((target, context) => {
    const message = fieldProblem(target as Fields, mayBeWhole);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });
}

/** The failure of a store, in a sentence. */
export function deliveryFailed(message: string): ApiKeysError {
  return new ApiKeysError("DELIVERY_FAILED", message);
}
