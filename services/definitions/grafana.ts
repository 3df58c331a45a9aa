import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * Tokens of a service account.
 *
 * - A token may do what its service account may. Names are unique within the service account.
 * - Nothing of a token can be changed.
 * - The value begins with glsa_.
 *
 * @see https://grafana.com/docs/grafana/latest/developers/http_api/serviceaccount/
 */
export const grafana = {
  name: "grafana",
  title: "Grafana",
  docs: "https://grafana.com/docs/grafana/latest/developers/http_api/serviceaccount/",
  path: "/api/serviceaccounts/{serviceAccountId}/tokens",
  pathParameters: {
    /** Number of the service account. */
    serviceAccountId: {},
  },
  fields: {
    /** Name of the token. */
    name: { input: "optional" },
    // Asked for as seconds from now, told as a moment.
    /** When the token stops working. Default: never. */
    expiresAt: {
      wire: { create: "secondsToLive", listed: "expiration" },
      as: { request: "lifetime-seconds", response: "rfc3339" },
      input: "optional",
    },
    /** When the token was created. */
    createdAt: "created",
    value: "key",
  },
  operations: {
    // The answer tells the id, the name and the key alone.
    create: { verify: true },
  },
  errors: [{ message: "/message", notAboutKeys: ["Not found"], evidence: "assumed" }],
  statusHints: {
    403: "The credentials need the permissions serviceaccounts:read and serviceaccounts:write.",
  },
  uniqueNames: "suffix",
} as const satisfies ServiceDefinitionInput;
