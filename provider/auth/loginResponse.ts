import type { LoginPlace } from "../definition/schema/place";
import { readCookie, type SetCookie } from "../http/cookies";
import type { HttpResponse } from "../http/request";
import { memberOf } from "../json/members";
import { partOf } from "../json/patterns";

/** The response to a login, as far as a definition looks at it. */
export interface LoginResponse {
  readonly document: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly SetCookie[];
}

export function loginResponse({ body, headers, setCookies = [] }: HttpResponse): LoginResponse {
  return {
    document: body.kind === "json" ? body.value : undefined,
    headers,
    cookies: setCookies.flatMap(readCookie),
  };
}

/** What a response has at a place, or undefined. */
export function loginValueAt(answer: LoginResponse, place: LoginPlace): unknown {
  if (typeof place === "string") return memberOf(answer.document, place);
  const whole =
    "header" in place
      ? answer.headers[place.header.toLowerCase()]
      : answer.cookies.find(({ name }) => name === place.cookie)?.value;
  return place.part === undefined || whole === undefined ? whole : partOf(whole, place.part);
}

/** Lower-case names of the headers in which these places are. */
export function headersIn(places: readonly (LoginPlace | undefined)[]): string[] {
  return places.flatMap((place) =>
    typeof place === "object" && "header" in place ? [place.header.toLowerCase()] : [],
  );
}

/** A place in words. */
export function placeName(place: LoginPlace): string {
  if (typeof place === "string") return place;
  return "header" in place ? `the header ${place.header}` : `the cookie ${place.cookie}`;
}
