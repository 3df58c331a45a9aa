import type { Clock } from "../../base/clock";
import { pollUntil } from "../../base/poll";
import type { Known, PathParameters, RemoteKey } from "../../vendor";
import type { ReadKey } from "./create";

/** A look that is repeated until it shows what was done, or the vendor has had the time to. */
export type PollKey = (
  pathParameters: PathParameters,
  keyId: string,
  known: Known,
  isDone: (key: RemoteKey | undefined) => boolean,
) => Promise<RemoteKey | undefined>;

/** @param lagMs for how long a look may still show how it was before */
export function polling(look: ReadKey, clock: Clock, lagMs: number): PollKey {
  return (pathParameters, keyId, known, isDone) =>
    pollUntil(clock, lagMs, () => look(pathParameters, keyId, known), isDone);
}
