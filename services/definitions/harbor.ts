import type { ServiceDefinitionInput } from "../../provider/definition/input";

/**
 * System robot accounts of a registry, which docker login takes as user name and password.
 *
 * - Harbor puts its own prefix before a robot's name, robot$ unless an administrator chose another. The output name is
 *   without it.
 * - A project's own robot accounts are not listed with those of the system, and not managed here.
 * - An expiry is asked for in whole days.
 * - Permissions are objects, and are compared as they are.
 *
 * @see https://github.com/goharbor/harbor api/v2.0/swagger.yaml at c50c7ddd6ea4 (Apache-2.0)
 * @see https://github.com/goharbor/harbor src/server/v2.0/handler/robot.go at c50c7ddd6ea4 (Apache-2.0)
 */
export const harbor = {
  name: "harbor",
  title: "Harbor",
  docs: "https://goharbor.io/docs/latest/administration/robot-accounts/",
  path: "/api/v2.0/robots",
  auth: { scheme: "basic" },
  fields: {
    id: { type: "integer" },
    /** Name of the robot account, without Harbor's prefix. */
    name: {
      wire: {
        create: "name",
        created: { at: "name", part: "[^$+]+$" },
        read: { at: "name", part: "[^$+]+$" },
        listed: { at: "name", part: "[^$+]+$" },
      },
      input: "optional",
      evidence: "assumed",
    },
    /** What the robot account is for. */
    description: { input: "optional" },
    /** What it may do: a list of { kind, namespace, access }. */
    permissions: { type: "json", input: "required" },
    /** When it stops working, to the day. Default: never. */
    expiresAt: {
      wire: { create: "duration", read: "expires_at" },
      as: { request: "lifetime-days", response: "epoch-seconds" },
      never: -1,
      input: "optional",
    },
    /** When it was created. */
    createdAt: "creation_time",
    value: "secret",
  },
  operations: {
    // The answer tells no permissions.
    create: { verify: true, body: { level: "system" } },
    list: {
      pagination: { style: "page", parameter: "page", sizeParameter: "page_size", size: 100 },
    },
    get: {},
    // An empty secret asks for a new one.
    rotate: { method: "PATCH", path: "/api/v2.0/robots/{keyId}", body: { secret: "" } },
  },
  errors: [
    { message: "/errors/0/message", code: "/errors/0/code", notAboutKeys: ["Not Found", "not found"] },
  ],
  uniqueNames: "suffix",
} as const satisfies ServiceDefinitionInput;
