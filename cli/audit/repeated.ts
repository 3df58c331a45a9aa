import { omit } from "../../provider/json/members";
import { filledPath } from "./managedPlaces";
import type { AuditedKey, AuditedPlace } from "./place";

/**
 * The places without keys that are shown at another of them. Two connections may lead to one account, such as with a token
 * for each stack: then each of them shows all its keys. Which is the same key all its fields tell, when it was made above
 * all: of an id alone there may be two, in accounts that count for themselves.
 */
export function withoutRepeated(places: readonly AuditedPlace[]): AuditedPlace[] {
  const shownAt = new Map<string, AuditedPlace>();
  for (const place of places) {
    for (const key of place.audited) {
      const identity = identityOf(place, key);
      if (identity !== undefined && (!shownAt.has(identity) || isOwn(place, key)))
        shownAt.set(identity, place);
    }
  }
  const isShown = (place: AuditedPlace, key: AuditedKey): boolean => {
    const identity = identityOf(place, key);
    return identity === undefined || shownAt.get(identity) === place;
  };
  return places.map((place) => ({ ...place, audited: place.audited.filter((key) => isShown(place, key)) }));
}

/** What no other key has; undefined where the vendor does not tell enough of it. A key may be used between two looks at it. */
function identityOf(place: AuditedPlace, { key }: AuditedKey): string | undefined {
  if (typeof key.createdAt !== "string") return undefined;
  return JSON.stringify([place.vendor.origin, filledPath(place), omit(key, "lastUsedAt")]);
}

/** Whether a resource has the key by way of this place. */
function isOwn({ keys }: AuditedPlace, { managers }: AuditedKey): boolean {
  return managers.some((manager) => keys.includes(manager));
}
