import type { Sandbox, SandboxKey, VendorName } from "../../dist/sandbox/index.js";

/** One key of examples/quickstart. */
export interface TourKey {
  /** The resource's name. */
  readonly name: string;
  /** Output of the stack that holds the value. */
  readonly output: string;
  readonly vendor: VendorName;
  /** The vendor's name for people. */
  readonly title: string;
  /** An endpoint that accepts the key, and how the key is sent. */
  readonly path: string;
  readonly header: (value: string) => Record<string, string>;
}

const bearer = (value: string) => ({ authorization: `Bearer ${value}` });

export const TOUR_KEYS: readonly TourKey[] = [
  { name: "ci", output: "ciKey", vendor: "xentree", title: "Xentree", path: "/api/ping", header: bearer },
  {
    name: "billing",
    output: "billingKey",
    vendor: "applications",
    title: "Applications API",
    path: "/api/v1/ping",
    header: bearer,
  },
  {
    name: "mailer",
    output: "mailerKey",
    vendor: "sendkit",
    title: "SendKit",
    path: "/v1/ping",
    header: (value) => ({ "x-api-key": value }),
  },
];

/** Outputs of the stack by name, secrets included. */
export type Outputs = Readonly<Record<string, string>>;

/** The status with which the vendor answers a request that uses the key in these outputs. */
export async function use(sandbox: Sandbox, key: TourKey, outputs: Outputs): Promise<number> {
  const headers = key.header(outputs[key.output] ?? "");
  const { status } = await fetch(sandbox.url + key.path, { headers });
  return status;
}

export function liveKeys(sandbox: Sandbox, vendor: VendorName): SandboxKey[] {
  return sandbox.keys(vendor).filter(({ live }) => live);
}

/** The values of all keys that the vendors have created. */
export function everyValue(sandbox: Sandbox): string[] {
  return TOUR_KEYS.flatMap(({ vendor }) => sandbox.keys(vendor)).map(({ value }) => value);
}
