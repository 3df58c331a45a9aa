import type { ErrorShape } from "./definition";

/** What routers and proxies answer for paths that they do not know, such as "Cannot GET /v1/keys". */
const routersOwn = new RegExp(
  [
    /^(http |error )*(404|not[ _-]?found|404\W*(page )?not found)\W*$/,
    /^(cannot|could not|can't) (get|post|put|patch|delete) \//,
    /^(route|endpoint|page|path|url|uri)\b.* (not found|does not exist)/,
    /^(the )?(requested )?(resource|url|uri|page|path|endpoint|route)( you requested)?( could| was| is)? ?not( be)? found/,
    /^(no|unknown|invalid|unrecognized) (static resource|handler|route|endpoint|path|url|uri|message available)\b/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "i",
);

/** Where vendors put the text of an error, the most telling first. */
const messagePlaces = [
  "/error/message", "/errors/0/message", "/errors/0/detail", "/errors/0/title", "/errors/0", "/message/0", "/message",
  "/error_description", "/detail/0/msg", "/detail", "/error_message", "/errorMessage", "/description", "/reason",
  "/msg", "/title", "/error", "/status/message",
]; // biome-ignore format: one list

/** The shapes of errors that are taken for the vendor's where the definition declares none. */
export const usualErrors: readonly ErrorShape[] = messagePlaces.map((message) => ({
  message,
  notAboutKeys: routersOwn,
  evidence: "assumed",
}));
