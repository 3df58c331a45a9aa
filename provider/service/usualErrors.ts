import type { ErrorShape } from "./definition";

/** What routers and proxies answer for paths that they do not know. */
const routersOwn = [
  "Not Found", "Not found", "not found", "not_found", "NotFound", "404 page not found", "404 Not Found",
  "Route not found", "Resource not found", "Endpoint not found", "no Route matched with those values",
]; // biome-ignore format: one list

/** Where vendors put the text of an error, the most telling first. */
const places = [
  "/error/message", "/errors/0/message", "/errors/0/detail", "/errors/0/title", "/errors/0", "/message/0", "/message",
  "/error_description", "/detail/0/msg", "/detail", "/error_message", "/errorMessage", "/description", "/reason",
  "/msg", "/title", "/error", "/status/message",
]; // biome-ignore format: one list

/** The shapes of errors that are taken for the vendor's where the definition declares none. */
export const usualErrors: readonly ErrorShape[] = places.map((message) => ({
  message,
  notAboutKeys: routersOwn,
  evidence: "assumed",
}));
