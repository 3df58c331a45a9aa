import type { Sandbox, SandboxKey, VendorName } from "../../dist/sandbox/index.js";

/** One key of examples/quickstart. */
export interface TourKey {
  /** The resource's name. */
  readonly name: string;
  /** Output of the stack that holds the value. */
  readonly output: string;
  readonly vendor: VendorName;
  /** How the user knows the vendor. */
  readonly title: string;
  /** Where the vendor lets the key be used, and how. */
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

/** What the vendor answers to somebody who comes with the key that these outputs hold. */
export async function use(sandbox: Sandbox, key: TourKey, outputs: Outputs): Promise<number> {
  const headers = key.header(outputs[key.output] ?? "");
  const { status } = await fetch(sandbox.url + key.path, { headers });
  return status;
}

export function liveKeys(sandbox: Sandbox, vendor: VendorName): SandboxKey[] {
  return sandbox.keys(vendor).filter(({ live }) => live);
}

/** Every value that a vendor ever showed. */
export function everyValue(sandbox: Sandbox): string[] {
  return TOUR_KEYS.flatMap(({ vendor }) => sandbox.keys(vendor)).map(({ value }) => value);
}
