import { join } from "node:path";
import { Child } from "../process/child.mts";
import type { Traffic, VendorAddress, VendorRequest, VendorSettings } from "./protocol.mts";

/** The one vendor that a cell's peers manage keys at. */
export class Vendor {
  readonly address: VendorAddress;
  readonly #child: Child;

  private constructor(child: Child, address: VendorAddress) {
    this.#child = child;
    this.address = address;
  }

  static async start(settings: VendorSettings): Promise<Vendor> {
    const file = join(import.meta.dirname, "process.mts");
    const { child, hello } = await Child.start<VendorAddress>(file, [JSON.stringify(settings)]);
    return new Vendor(child, hello);
  }

  /** The traffic since the last call. */
  takeTraffic(): Promise<Traffic> {
    return this.#child.ask({ kind: "take" } satisfies VendorRequest);
  }

  async setLatency(latencyMs: number): Promise<void> {
    await this.#child.ask({ kind: "latency", latencyMs } satisfies VendorRequest);
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }
}
