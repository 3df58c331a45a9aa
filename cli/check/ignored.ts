import type { Source } from "../../provider/api/wire/places";
import type { ServiceDefinition } from "../../provider/definition/definition";
import type { ResponsePlace } from "../../provider/definition/schema/place";
import { isObject } from "../../provider/json/members";
import { pointerToken } from "../../provider/json/pointer";

/** Pointers to what a key's object has and no field of the definition reads. A list counts as one. */
export function ignoredIn({ fields }: ServiceDefinition, { answer, item }: Source): string[] {
  const places = Object.values(fields).flatMap(({ wire, when }) => [
    ...pointersOf(wire[answer]),
    ...(when ? [when.at ?? ""] : []),
  ]);
  return leaves(item, "").filter(
    (leaf) =>
      !places.some((place) => leaf === place || leaf.startsWith(`${place}/`) || place.startsWith(`${leaf}/`)),
  );
}

function pointersOf(place: ResponsePlace | undefined): string[] {
  if (place === undefined) return [];
  const member = typeof place === "string" ? place : "at" in place ? place.at : undefined;
  if (member === undefined) return [];
  return [member.startsWith("/") ? member : `/${pointerToken(member)}`];
}

function leaves(value: unknown, path: string): string[] {
  if (!isObject(value) || Object.keys(value).length === 0) return path === "" ? [] : [path];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}/${pointerToken(key)}`));
}
