import type { KeyRecord, SandboxKey, VendorName, WireKey } from "../../../sandbox";
import { type Sandbox, startSandbox } from "../../../sandbox";
import { connectionsOf, requests } from "../../support/engine/vendors";
import { type RotatingVendor, startRotatingVendor } from "../../support/vendor/rotatingVendor";
import { type StandIn, startStandIn } from "../../support/vendor/standIns/standIn";
import { type AcmeApi, type AcmeKey, acmePassword, acmeUser, acmeVendor } from "./acmeVendor";

type OrbitKey = RotatingVendor["keys"] extends Map<string, infer Key> ? Key : never;

/** What the vendors hold, as JSON. */
export interface Holdings {
  readonly xentree: readonly KeyRecord<WireKey>[];
  readonly applications: readonly KeyRecord<WireKey>[];
  readonly sendkit: readonly KeyRecord<WireKey>[];
  readonly acme: readonly AcmeKey[];
  readonly orbit: readonly OrbitKey[];
}

const builtIn = ["xentree", "applications", "sendkit"] as const satisfies readonly VendorName[];

/** The vendors of all recorded keys, on loopback. */
export class RecordedVendors {
  private constructor(
    readonly sandbox: Sandbox,
    private readonly acme: StandIn & { readonly api: AcmeApi },
    private readonly orbit: RotatingVendor,
  ) {}

  static async start(): Promise<RecordedVendors> {
    const api = acmeVendor(Date.now);
    const [sandbox, acme, orbit] = await Promise.all([
      startSandbox(),
      startStandIn(api, Date.now),
      startRotatingVendor(),
    ]);
    return new RecordedVendors(sandbox, { ...acme, api }, orbit);
  }

  /** Where each vendor listens, by the placeholder that recordings have for it. */
  get origins(): Readonly<Record<string, string>> {
    return {
      "http://sandbox.invalid": this.sandbox.url,
      "http://acme.invalid": this.acme.url,
      "http://orbit.invalid": this.orbit.url,
    };
  }

  /** Environment variables with the connections to all vendors. */
  get connections(): Record<string, string> {
    return {
      ...connectionsOf(this.sandbox),
      APIKEYS_ACME_BASE_URL: this.acme.url,
      APIKEYS_ACME_USERNAME: acmeUser,
      APIKEYS_ACME_PASSWORD: acmePassword,
      APIKEYS_ACME_LIST_LAG_SECONDS: "0",
      APIKEYS_ORBIT_BASE_URL: this.orbit.url,
      APIKEYS_ORBIT_TOKEN: "t",
      APIKEYS_ORBIT_LIST_LAG_SECONDS: "0",
    };
  }

  /** Values of the live keys, by id. */
  live(): Map<string, string> {
    const inSandbox = builtIn.flatMap((vendor) => this.sandbox.keys(vendor).filter(({ live }) => live));
    const elsewhere = [...this.acme.api.live(), ...[...this.orbit.keys.values()].map(heldByOrbit)];
    return new Map(
      [...inSandbox, ...elsewhere].map(({ id, value }: Pick<SandboxKey, "id" | "value">) => [id, value]),
    );
  }

  /** Every request since the last `forget`, as `METHOD path`. */
  requests(): string[] {
    const ofAcme = this.acme.requests().map(({ method, path }) => `${method} ${path}`);
    return [...requests(this.sandbox), ...ofAcme, ...this.orbit.requests];
  }

  forget(): void {
    this.sandbox.journal.clear();
    this.acme.forget();
    this.orbit.requests.length = 0;
  }

  dump(): Holdings {
    return {
      xentree: this.sandbox.dump("xentree"),
      applications: this.sandbox.dump("applications"),
      sendkit: this.sandbox.dump("sendkit"),
      acme: this.acme.api.dump(),
      orbit: structuredClone([...this.orbit.keys.values()]),
    };
  }

  restore(holdings: Holdings): void {
    for (const vendor of builtIn) this.sandbox.restore(vendor, holdings[vendor]);
    this.acme.api.restore(holdings.acme);
    for (const key of structuredClone(holdings.orbit)) this.orbit.keys.set(String(key.id), key);
  }

  async close(): Promise<void> {
    await Promise.all([this.sandbox.close(), this.acme.close(), this.orbit.close()]);
  }
}

function heldByOrbit({ id, secret }: OrbitKey): Pick<SandboxKey, "id" | "value"> {
  return { id: String(id), value: secret };
}
