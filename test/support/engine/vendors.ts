import type { Sandbox, VendorName } from "../../../sandbox";
import type { TestStack } from "./stack";

/** One vendor as an engine test sees it: a program with one key, and how that key is used. */
export interface VendorCase {
  readonly vendor: VendorName;
  /** Arguments every key of this vendor needs, as JavaScript. */
  parent(sandbox: Sandbox): string;
  /** A key with every argument the vendor has, as JavaScript. */
  readonly args: string;
  readonly ping: string;
  header(value: string): Record<string, string>;
}

const bearer = (value: string) => ({ authorization: `Bearer ${value}` });

export const vendorCases: readonly VendorCase[] = [
  {
    vendor: "xentree",
    parent: () => "",
    args: `permissions: ["read", "write"], rateLimitPerMinute: 120, allowedIps: ["10.0.0.0/8"], expiresIn: "90d"`,
    ping: "/api/ping",
    header: bearer,
  },
  {
    vendor: "applications",
    parent: (sandbox) => `applicationId: "${sandbox.credentials.applications.applicationId}",`,
    args: `permissions: ["read"], expiresIn: "90d"`,
    ping: "/api/v1/ping",
    header: bearer,
  },
  {
    vendor: "sendkit",
    parent: (sandbox) => `workspaceId: "${sandbox.credentials.sendkit.workspaceId}",`,
    args: "",
    ping: "/v1/ping",
    header: (value) => ({ "x-api-key": value }),
  },
];

/** The three connections, as a CI pipeline would set them. */
export function connectionsOf(sandbox: Sandbox): Record<string, string> {
  const { credentials, url } = sandbox;
  return {
    // The sandbox's lists do not lag behind, and a test need not wait as if they might.
    APIKEYS_XENTREE_LIST_LAG_SECONDS: "0",
    APIKEYS_APPLICATIONS_LIST_LAG_SECONDS: "0",
    APIKEYS_SENDKIT_LIST_LAG_SECONDS: "0",
    APIKEYS_XENTREE_BASE_URL: url,
    APIKEYS_XENTREE_TOKEN: credentials.xentree.token,
    APIKEYS_APPLICATIONS_BASE_URL: url,
    APIKEYS_APPLICATIONS_TOKEN: credentials.applications.token,
    APIKEYS_SENDKIT_BASE_URL: url,
    APIKEYS_SENDKIT_API_KEY: credentials.sendkit.apiKey,
  };
}

/** A program with one key, "ci", and its outputs. */
export function programWith(
  { vendor, parent }: VendorCase,
  sandbox: Sandbox,
  args: string,
  options = "{}",
): string {
  return `
    const { ${vendor} } = require("pulumi-apikeys");
    const key = new ${vendor}.ApiKey("ci", { ${parent(sandbox)} ${args} }, ${options});
    module.exports = { keyId: key.keyId, value: key.value, fingerprint: key.fingerprint, status: key.status };`;
}

/** Outputs of a program with a key of each vendor. */
export type AllKeys = Readonly<
  Record<VendorName, Readonly<Record<"keyId" | "value" | "fingerprint", string>>>
>;

/**
 * A program with one key of each vendor, which bears the vendor's name, and their outputs.
 *
 * @param argsOf its arguments, as JavaScript
 */
export function programOfAll(sandbox: Sandbox, argsOf: (vendorCase: VendorCase) => string): string {
  const keys = vendorCases.map((row) => `tell("${row.vendor}", { ${row.parent(sandbox)} ${argsOf(row)} });`);
  return `
    const apikeys = require("pulumi-apikeys");
    function tell(vendor, args) {
      const { keyId, value, fingerprint } = new apikeys[vendor].ApiKey(vendor, args);
      exports[vendor] = { keyId, value, fingerprint };
    }
    ${keys.join("\n")}`;
}

/** The outputs of such a program. */
export async function keysOf(stack: TestStack): Promise<AllKeys> {
  return (await stack.outputs({ showSecrets: true })) as unknown as AllKeys;
}

/** The case of one vendor. */
export function vendorCaseOf(vendor: VendorName): VendorCase {
  const found = vendorCases.find((row) => row.vendor === vendor);
  if (!found) throw new Error(`There is no case of ${vendor}.`);
  return found;
}

/** The same function's result for each vendor. */
export function ofEach<T>(fact: (vendorCase: VendorCase) => T): Record<VendorName, T> {
  const facts = vendorCases.map((vendorCase) => [vendorCase.vendor, fact(vendorCase)] as const);
  return Object.fromEntries(facts) as Record<VendorName, T>;
}

/** What the vendor answers to a request that uses the key: 200 when it is live, 401 when not. */
export async function use({ ping, header }: VendorCase, sandbox: Sandbox, value: unknown): Promise<number> {
  const response = await fetch(sandbox.url + ping, { headers: header(String(value)) });
  await response.arrayBuffer();
  return response.status;
}

/** Ids of the keys that work at the vendor now. */
export function liveKeys(sandbox: Sandbox, vendor: VendorName): string[] {
  return sandbox.keys(vendor).flatMap((key) => (key.live ? [key.id] : []));
}

/** Requests of one kind that the vendors have received, as `METHOD path`. */
export function requests(sandbox: Sandbox, method?: string): string[] {
  const all = sandbox.journal.entries().filter((entry) => method === undefined || entry.method === method);
  return all.map((entry) => `${entry.method} ${entry.path}`);
}
