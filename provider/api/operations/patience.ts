import type { Clock } from "../../base/clock";
import { lookUntil } from "../../base/poll";
import type { Known, Parents, RemoteKey } from "../../vendor";
import type { Look } from "./create";

/** A look that is repeated until it shows what was done, or the vendor has had the time to. */
export type PatientLook = (
  parents: Parents,
  keyId: string,
  known: Known,
  isDone: (key: RemoteKey | undefined) => boolean,
) => Promise<RemoteKey | undefined>;

/** @param lagMs for how long a look may still show how it was before */
export function patience(look: Look, clock: Clock, lagMs: number): PatientLook {
  return (parents, keyId, known, isDone) =>
    lookUntil(clock, lagMs, () => look(parents, keyId, known), isDone);
}
