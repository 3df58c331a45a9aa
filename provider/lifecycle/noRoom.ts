import { ApiKeysError } from "../errors";
import { HttpProblemError } from "../service/problem";

/** Statuses that speak of credentials, of the place or of haste, and not of the key that was asked for. */
const otherCauses: ReadonlySet<number> = new Set([401, 403, 404, 408, 429]);

/** How vendors say that there is no room for one more key. */
const saysNoRoom =
  /\bquota\b|\btoo many\b|\bkey limit\b|\bkeys\b.*\b(?:limit|maximum)\b|\b(?:limit|maximum|max)\b.*\bkeys\b/i;

/**
 * The refusal of a key, with the way out where a quota may be behind it: a new key is made while the old one is there.
 *
 * @param beside whether the key was to stand beside one that the state holds; else only the vendor's own words count
 */
export function withWayOut(error: unknown, beside: boolean): unknown {
  if (!(error instanceof HttpProblemError)) return error;
  const { status, message } = error;
  const refused = status >= 400 && status < 500 && !otherCauses.has(status);
  if (!refused || !(beside || saysNoRoom.test(message))) return error;
  return new ApiKeysError(
    error.code,
    `${message} If the vendor allows no more keys, make room there; or let the old key of a renewal go before the new one is ` +
      "made, with the resource option deleteBeforeReplace and without rotation.overlap.",
  );
}
