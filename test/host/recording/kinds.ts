import { CREDENTIALS } from "../../../sandbox/credentials";

/** A key as a program declares it, as JSON. */
export interface DeclaredKey {
  /** Logical name of the resource. Keys at the vendor have names that begin with it, or with `args.name`. */
  readonly name: string;
  /** A built-in service. Default: the definition's own. */
  readonly service?: string;
  readonly definition?: Readonly<Record<string, unknown>>;
  readonly args: Readonly<Record<string, unknown>> & {
    readonly rotation?: Readonly<Record<string, unknown>>;
  };
}

/** Untyped, for it is written in the spelling of the version that records it, which need not be today's. */
type RecordedDefinition = Readonly<Record<string, unknown>>;

const acme: RecordedDefinition = {
  name: "acme",
  title: "Acme",
  path: "/accounts/{account}/projects/{project}/keys",
  auth: [
    {
      scheme: "login",
      login: { path: "/session", usernameField: "user", passwordField: "password" },
      accessToken: "access",
      refresh: { path: "/session/renewal", tokenField: "renewal" },
      refreshToken: "renewal",
      lifetimeSeconds: 600,
      send: { headers: { "X-Session": "{accessToken}" } },
      rejected: { status: 400, at: "/error/code", oneOf: ["SESSION_ENDED", "SESSION_UNKNOWN"] },
      provides: { account: "/account/id" },
    },
    {
      scheme: "header",
      header: "X-Api-Key",
      prefix: "Token ",
      accepts: { pattern: "^ak_", reason: "Acme's keys begin with ak_" },
    },
  ],
  parents: { project: { type: "integer" } },
  envelope: "/result",
  absent: { status: 400, at: "/error/code", equals: "NO_SUCH_KEY" },
  fields: {
    id: "key_id",
    name: { wire: "label", input: "optional", maxLength: 40 },
    value: "secret",
    createdAt: { wire: "created", as: "epoch-seconds" },
    scopes: { type: "strings", as: "joined", input: "optional", set: true },
    rateLimit: { wire: "limit", type: "integer", input: "optional" },
    active: { when: { at: "/state", oneOf: ["on", "idle"] } },
  },
  errors: [{ message: "/error/message", code: "/error/code" }],
  operations: {
    create: { readBack: true },
    list: {
      items: "/keys",
      keyedBy: "key_id",
      only: { at: "/state", oneOf: ["on", "idle", "off"] },
      pagination: { style: "url", next: "/next" },
      totals: "ignored",
      cap: 50,
    },
    get: { provesAbsence: false },
    update: { fields: ["rateLimit"], readBack: true },
    revoke: { confirm: true },
  },
  uniqueNames: "suffix",
};

/** The vendor of `test/support/vendor/rotatingVendor.ts`. */
const orbit: RecordedDefinition = {
  name: "orbit",
  title: "Orbit",
  path: "/keys",
  auth: { scheme: "bearer" },
  fields: {
    id: { type: "integer" },
    value: "secret",
    createdAt: "created",
    scopes: { type: "strings", input: "optional", set: true, expands: true },
    signing: { secret: true },
    webhook: { input: "optional", secret: true },
  },
  operations: { update: { fields: ["name", "scopes"] }, rotate: {} },
};

const { applications, sendkit } = CREDENTIALS;

/** So long that no recorded key is due when these tests run, in whatever year. */
const farAway = "20000d";

/** Keys that were made in the vendors' consoles, for the program to adopt. */
export interface KeysMadeByHand {
  readonly xentree: { readonly id: string };
  readonly applications: { readonly id: string; readonly value: string };
}

/**
 * The keys that the recording program declares, for each kind of state.
 *
 * @param made keys to adopt
 * @param version value of the triggers. Another value renews the keys whose state is recorded after a renewal
 */
export function kinds(
  made: KeysMadeByHand,
  version: number,
): Readonly<Record<string, readonly DeclaredKey[]>> {
  const triggers = { version };
  return {
    plain: [
      {
        name: "plain-xentree",
        service: "xentree",
        args: {
          permissions: ["write", "read"],
          rateLimitPerMinute: 120,
          allowedIps: ["10.0.0.0/8"],
          expiresIn: farAway,
        },
      },
      {
        name: "plain-applications",
        service: "applications",
        args: {
          applicationId: applications.applicationId,
          permissions: ["read"],
          expiresAt: "2090-01-31T00:00:00Z",
        },
      },
      { name: "plain-sendkit", service: "sendkit", args: { workspaceId: sendkit.workspaceId } },
    ],
    overlap: [
      { name: "overlap", service: "xentree", args: { rotation: { overlap: farAway, triggers } } },
      { name: "scheduled", service: "xentree", args: { rotation: { every: farAway, overlap: "1d" } } },
    ],
    adopted: [
      { name: "adopted", service: "xentree", args: { adopt: made.xentree.id } },
      {
        name: "adopted-with-value",
        service: "applications",
        args: {
          applicationId: applications.applicationId,
          adopt: made.applications.id,
          adoptValue: made.applications.value,
        },
      },
    ],
    "user-defined": [
      { name: "user-defined", definition: acme, args: { project: "4711", scopes: ["write", "read"] } },
    ],
    deviating: [{ name: "deviating", definition: acme, args: { project: "4711", rateLimit: 5000 } }],
    suffixed: [
      {
        name: "suffixed",
        definition: acme,
        args: { project: "4712", name: "deploy", rotation: { triggers } },
      },
    ],
    "rotated-in-place": [
      {
        name: "in-place",
        definition: orbit,
        args: { scopes: ["read"], webhook: "webhook-secret-of-the-program", rotation: { triggers } },
      },
    ],
  };
}

/** A key whose first create lost its response: its state has `unsettledSince`, and another live key has its name. */
export const unsettled: DeclaredKey = {
  name: "unsettled",
  service: "applications",
  args: { applicationId: applications.otherApplicationId },
};

/** A key whose create is killed, so that the state has a pending operation. */
export const pending: DeclaredKey = { name: "pending", service: "xentree", args: {} };

/** Source of a program that declares these keys. */
export function programOf(keys: readonly DeclaredKey[]): string {
  return `
    const apikeys = require("pulumi-apikeys");
    for (const { name, service, definition, args } of ${JSON.stringify(keys)}) {
      const { ApiKey } = service ? apikeys[service] : apikeys.defineService(definition);
      new ApiKey(name, args);
    }`;
}
