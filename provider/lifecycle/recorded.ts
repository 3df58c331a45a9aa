import { sameField } from "../compare";
import type { RemoteKey } from "../service/wire/key";
import { instantMs } from "../time";
import type { Subject } from "./context";
import { type Properties, pick } from "./properties";

/** Fields by which a key is told from another in its place; a rotation may change them. */
const marks: readonly string[] = ["prefix", "createdAt"];

/** The outputs of a key whose value is, or may be, another: compared by the old one's marks, it would pass for another. */
export function withoutMarks(outputs: Properties): Properties {
  return pick(outputs, (name) => !marks.includes(name));
}

/** Whether a key that stands where the recorded one was may be another: a singleton's only one, or one of a reused id. */
export function mayBeAnother({ definition }: Subject): boolean {
  return definition.kind === "singleton" || definition.reusesIds;
}

/** Whether a key that stands where the recorded one was is that one, and not a colleague's newer. */
export function isRecorded({ definition }: Subject, key: RemoteKey, outputs: Properties): boolean {
  if (key.id !== outputs.keyId) return false;
  const [bornMs, succeededMs] = [instantMs(key.fields.createdAt), instantMs(outputs.succeededAt)];
  if (bornMs !== undefined && succeededMs !== undefined && bornMs > succeededMs) return false;
  return marks.every((name) => {
    const field = definition.fields[name];
    const [now, then] = [key.fields[name] ?? undefined, outputs[name]];
    return field === undefined || now === undefined || then === undefined || sameField(field, now, then);
  });
}
