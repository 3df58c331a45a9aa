import { parsedObject } from "../json/members";
import { type Document, documentStore } from "./documentStore";
import { deliveryFailed } from "./kind";
import { type Store, wholeField } from "./store";
import type { WholeOrFields } from "./targets";

/** A secret that is one text to its store: the value alone, or a JSON object with fields. */
export interface TextSecret {
  readonly label: string;
  /** Tells the place from all others, however a program names it. */
  readonly address: string;
  probe(): Promise<void>;
  /** Undefined where there is nothing. */
  read(): Promise<{ readonly text: string; readonly version: string } | undefined>;
  /** The version alone; undefined where there is nothing. Default: that of `read`. */
  version?(): Promise<string | undefined>;
  /**
   * @param there the version that was read; undefined for none
   * @returns the version that it became
   * @throws {ConflictError} when another has written meanwhile
   */
  replace(text: string, there: string | undefined): Promise<string>;
  /** Leaves nothing of ours, after the last field is gone. */
  erase(there: string): Promise<void>;
}

/** What stands for an empty secret where a store keeps none and the secret itself is not ours to remove. */
export const emptyText = "{}";

/** A store of such secrets. Of a JSON object, the members of others stay as they are, of whatever kind. */
export function textSecretStore({ field, fields }: WholeOrFields, secret: TextSecret): Store {
  const hasFields = field !== undefined || fields !== undefined;
  /** What was read, by version. */
  const texts = new Map<Document["version"], string>();
  const read = async (): Promise<Document | undefined> => {
    const found = await secret.read();
    if (found === undefined) return undefined;
    const { text, version } = found;
    texts.set(version, text);
    if (!hasFields) return { fields: { [wholeField]: text }, version };
    const object = parsedObject(text);
    if (object !== undefined) {
      const hasMore = Object.values(object).some((value) => typeof value !== "string");
      return { fields: membersThatAre(object, true), version, hasMore };
    }
    throw deliveryFailed(
      `${secret.label} is no JSON object, so that it has no fields. Deliver the value alone, without field, or name another secret.`,
    );
  };
  const textOf = (content: Document["fields"], before: string | undefined): string => {
    if (!hasFields) return content[wholeField] ?? "";
    const others = before === undefined ? {} : membersThatAre(parsedObject(before) ?? {}, false);
    return JSON.stringify({ ...others, ...content });
  };
  return documentStore({
    label: secret.label,
    address: secret.address,
    probe: async () => {
      await secret.probe();
      await read();
    },
    read,
    ...(secret.version && { version: () => secret.version?.() ?? Promise.resolve(undefined) }),
    replace: (content, there) => {
      const version = there && String(there.version);
      return secret.replace(textOf(content, version && texts.get(version)), version);
    },
    erase: ({ version }) => secret.erase(String(version)),
  });
}

/** The members of an object that are text, or those that are not. */
function membersThatAre(object: Readonly<Record<string, unknown>>, text: boolean): Record<string, string> {
  const entries = Object.entries(object).filter(([, value]) => (typeof value === "string") === text);
  return Object.fromEntries(entries) as Record<string, string>;
}
