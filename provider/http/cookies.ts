/** A cookie that a response sets. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** Its lifetime, where it tells one. */
  readonly maxAgeSeconds: number | undefined;
}

/** A cookie that is deleted by being set is none. */
export function readCookie(header: string): SetCookie[] {
  const cookie = cookieParser()(header);
  if (!cookie?.name || cookie.value === "" || (cookie.maxAge !== undefined && cookie.maxAge <= 0)) return [];
  return [{ name: cookie.name, value: cookie.value, maxAgeSeconds: cookie.maxAge }];
}

/** Loaded with the first login: what sends nothing has no use for undici, and its modules take long. */
function cookieParser(): typeof import("undici").parseCookie {
  return require("undici").parseCookie;
}
