import { memberOf } from "../../json/members";
import { partOf } from "../../json/patterns";
import type { LoginPlace } from "../../service/schema/place";
import type { HttpResponse } from "../request";

/** A cookie that an answer sets. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** Its lifetime, where it tells one. */
  readonly maxAgeSeconds: number | undefined;
}

/** The answer to a login, as far as a definition looks at it. */
export interface LoginAnswer {
  readonly document: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly SetCookie[];
}

export function loginAnswer({ body, headers, setCookies = [] }: HttpResponse): LoginAnswer {
  return {
    document: body.kind === "json" ? body.value : undefined,
    headers,
    cookies: setCookies.flatMap(readCookie),
  };
}

/** A cookie that is deleted by being set is none. */
function readCookie(header: string): SetCookie[] {
  const cookie = cookieParser()(header);
  if (!cookie?.name || cookie.value === "" || (cookie.maxAge !== undefined && cookie.maxAge <= 0)) return [];
  return [{ name: cookie.name, value: cookie.value, maxAgeSeconds: cookie.maxAge }];
}

/** Loaded with the first login: what sends nothing has no use for undici, and its modules take long. */
function cookieParser(): typeof import("undici").parseCookie {
  return require("undici").parseCookie;
}

/** What an answer tells at a place, or undefined. */
export function toldAt(answer: LoginAnswer, place: LoginPlace): unknown {
  if (typeof place === "string") return memberOf(answer.document, place);
  const whole =
    "header" in place
      ? answer.headers[place.header.toLowerCase()]
      : answer.cookies.find(({ name }) => name === place.cookie)?.value;
  return place.part === undefined || whole === undefined ? whole : partOf(whole, place.part);
}

/** Lower-case names of the headers in which these places are. */
export function headersOf(places: readonly (LoginPlace | undefined)[]): string[] {
  return places.flatMap((place) =>
    typeof place === "object" && "header" in place ? [place.header.toLowerCase()] : [],
  );
}

/** A place in words. */
export function placeName(place: LoginPlace): string {
  if (typeof place === "string") return place;
  return "header" in place ? `the header ${place.header}` : `the cookie ${place.cookie}`;
}
