import type { Clock } from "../../http/clock";
import type { Known, Parents } from "../../lifecycle/vendor";
import type { RemoteKey } from "../wire/key";
import type { Look } from "./create";

/** When to look again, as parts of the time by which a vendor may lag behind what was done. */
const waits = [0, 1 / 8, 1 / 8, 1 / 4, 1 / 2];

/** A look that is repeated until it shows what was done, or the vendor has had the time to. */
export type PatientLook = (
  parents: Parents,
  keyId: string,
  known: Known,
  isDone: (key: RemoteKey | undefined) => boolean,
) => Promise<RemoteKey | undefined>;

/** @param lagMs for how long a look may still show how it was before */
export function patience(look: Look, clock: Clock, lagMs: number): PatientLook {
  return async (parents, keyId, known, isDone) => {
    let seen: RemoteKey | undefined;
    for (const part of lagMs > 0 ? waits : [0]) {
      if (part > 0) await clock.sleep(Math.ceil(lagMs * part));
      seen = await look(parents, keyId, known);
      if (isDone(seen)) return seen;
    }
    return seen;
  };
}
