import { defineService } from "pulumi-apikeys";

/** Tokens of a Grafana service account. */
export const grafana = defineService({
  name: "grafana",
  title: "Grafana",
  docs: "https://grafana.com/docs/grafana/latest/developers/http_api/serviceaccount/",
  path: "/api/serviceaccounts/{serviceAccountId}/tokens",
  pathParameters: { serviceAccountId: { description: "Number of the service account." } },
  fields: {
    name: { input: "optional" },
    // Asked for as seconds from now, told as a moment.
    expiresAt: {
      wire: { create: "secondsToLive", listed: "expiration" },
      as: { request: "lifetime-seconds", response: "rfc3339" },
      input: "optional",
    },
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
});
