import { ApiKeysError } from "../../../provider/base/errors";
import { xentree } from "../vendor/definitions";
import type { Properties } from "./lifecycle";
import { created } from "./modelEngine";

export const refused = new ApiKeysError("HTTP_PROBLEM", "HTTP 503.");

/** Arguments of a key that is renewed when the version changes, and whose predecessor stays for a week. */
export const weekly = (version: number, more: Properties = {}) => ({
  rotation: { overlap: "7d", triggers: { version }, ...more },
});

/** A key that was renewed once, beside the one before, and the requests that follow. */
export async function renewed(definition = xentree) {
  const bench = await created(definition, weekly(1));
  await bench.engine.up(weekly(2));
  bench.server.calls.length = 0;
  return bench;
}
