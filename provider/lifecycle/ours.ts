import type { RemoteKey } from "../service/wire/key";
import { clockSkewMs, instantMs } from "../time";
import type { Properties } from "./properties";

/**
 * Whether a key of our name may come from an attempt of ours: a name that we made up is ours alone, and what is older
 * than the attempt is not from it.
 *
 * @param sinceMs before the attempt, by our own clock
 */
export function mayBeOurs(key: RemoteKey, inputs: Properties, sinceMs: number): boolean {
  if (key.fields.active === false) return false;
  if (inputs.autonamed === true) return true;
  const createdMs = instantMs(key.fields.createdAt);
  return createdMs === undefined || createdMs >= sinceMs - clockSkewMs;
}
