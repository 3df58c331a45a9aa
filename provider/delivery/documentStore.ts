import { isDeepStrictEqual } from "node:util";
import { fingerprint } from "../base/fingerprint";
import { deliveryFailed } from "./kind";
import type { Content, Look, Store, Written } from "./store";

/** What stands at a place: texts by field, in one version. */
export interface Document {
  readonly fields: Readonly<Record<string, string>>;
  /** Whether there is something beside them, which stays: the place is then never erased. */
  readonly hasMore?: boolean;
  /** Changes with each write, whoever writes. */
  readonly version: string | number;
}

/** A place that is read and written as a whole. */
export interface DocumentAccess {
  readonly label: string;
  readonly address?: string;
  probe(): Promise<void>;
  /** Undefined where there is nothing. */
  read(): Promise<Document | undefined>;
  /** The version alone, without the texts; undefined where there is nothing. Default: that of `read`. */
  version?(): Promise<Document["version"] | undefined>;
  /**
   * Writes all fields in the place of what was read.
   *
   * @returns the version that it became
   * @throws {ConflictError} when another has written meanwhile
   */
  replace(fields: Document["fields"], there: Document | undefined): Promise<Document["version"]>;
  /** Removes the place, whose last field is gone. */
  erase(there: Document): Promise<void>;
}

/** Another has written at the same time. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
}

/** How often a write begins anew after another's. */
const attempts = 8;

/** A store of such places. Fields that are not ours stay as they are. */
export function documentStore(access: DocumentAccess): Store {
  const { label, address } = access;
  return {
    label,
    ...(address !== undefined && { address }),
    probe: () => access.probe(),
    read: async () => (await access.read())?.fields,
    write: (content, before) =>
      again(label, async () => {
        const there = await access.read();
        const fields = merged(label, there?.fields ?? {}, content, before);
        const isThere = there !== undefined && isDeepStrictEqual({ ...there.fields }, fields);
        return { version: isThere ? there.version : await access.replace(fields, there) };
      }),
    look: async (written) => {
      const version = await access.version?.();
      if (version !== undefined && version === written.receipt.version) return "unchanged";
      return lookOf((await access.read())?.fields, written);
    },
    remove: (written) =>
      again(label, async () => {
        const there = await access.read();
        const look = lookOf(there?.fields, written);
        if (there === undefined) return look;
        const left = without(there.fields, written);
        if (Object.keys(left).length === 0 && there.hasMore !== true) await access.erase(there);
        else if (!isDeepStrictEqual(left, { ...there.fields })) await access.replace(left, there);
        return look;
      }),
  };
}

/**
 * Acts anew after another's write.
 *
 * @throws {ApiKeysError} DELIVERY_FAILED when others write all the time
 */
export async function again<T>(label: string, act: () => Promise<T>): Promise<T> {
  for (let left = attempts; left > 0; left--) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
    }
  }
  throw deliveryFailed(`${label} was written by others all the time. Run the same command again.`);
}

/** What is there with our content in it. */
function merged(
  label: string,
  there: Readonly<Record<string, string>>,
  content: Content,
  before: Written | undefined,
): Record<string, string> {
  const result = before === undefined ? { ...there } : without(there, before, (name) => name in content);
  for (const [name, text] of Object.entries(content)) {
    if (text !== null) result[name] = text;
    else if (there[name] === undefined) {
      throw deliveryFailed(`${label} no longer holds the key. Run \`pulumi refresh\`, then \`pulumi up\`.`);
    }
  }
  return result;
}

/** What is there without the fields that we wrote and nobody has changed. */
function without(
  there: Readonly<Record<string, string>>,
  { fields }: Written,
  isKept: (name: string) => boolean = () => false,
): Record<string, string> {
  const isOurs = ([name, text]: [string, string]) => fingerprint(text) === fields[name] && !isKept(name);
  return Object.fromEntries(Object.entries(there).filter((entry) => !isOurs(entry)));
}

/** How what was written is found among what is there now. */
export function lookOf(there: Readonly<Record<string, string>> | undefined, { fields }: Written): Look {
  const names = Object.keys(fields);
  if (there === undefined || names.every((name) => there[name] === undefined)) return "missing";
  return names.every((name) => there[name] !== undefined && fingerprint(there[name]) === fields[name])
    ? "unchanged"
    : "changed";
}
