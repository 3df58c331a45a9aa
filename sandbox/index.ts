import { Accounts } from "./accounts";
import { createApplications } from "./applications";
import { FaultQueue } from "./faults";
import { RequestJournal } from "./journal";
import { RateLimit } from "./rateLimit";
import { createSendkit } from "./sendkit";
import { listen } from "./server";
import type { Sandbox, SandboxOptions, VendorName } from "./types";
import { createXentree } from "./xentree";

export type { Fault, FaultAction } from "./faults";
export { formatSandboxHelp } from "./help";
export type { Journal, JournalEntry } from "./journal";
export type { RequestFilter } from "./requestFilter";
export type * from "./types";

/** Starts the three vendors on one loopback listener, each with no keys. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { now = Date.now, accessTokenLifetimeSeconds = 900 } = options;
  const accounts = new Accounts();
  const settings = { accounts, now, accessTokenLifetimeSeconds };
  const vendors = {
    applications: createApplications(settings),
    sendkit: createSendkit(settings),
    xentree: createXentree(settings),
  };
  const journal = new RequestJournal();
  const faults = new FaultQueue();
  const listener = await listen(
    {
      // The order matters: Applications' /api/v1/ lies inside Xentree's /api/.
      vendors: [vendors.applications, vendors.sendkit, vendors.xentree],
      journal,
      faults,
      now,
      latencyMs: options.latencyMs ?? 0,
      rateLimit: new RateLimit(options.rateLimitPerSecond ?? Number.POSITIVE_INFINITY, now),
    },
    options.port ?? 0,
  );
  return {
    url: `http://127.0.0.1:${listener.port}`,
    get credentials() {
      return accounts.credentials;
    },
    journal,
    keys: (vendor) => vendors[vendor].keys.all(),
    dump: (vendor) => vendors[vendor].keys.dump(),
    restore: (vendor, records) => vendors[vendor].keys.restore(records),
    revokeOutOfBand: (vendor, id) => vendors[vendor].keys.revoke(id),
    deactivateOutOfBand(vendor, id) {
      refuseUnlessXentree(vendor);
      vendors.xentree.keys.change(id, { is_active: false });
    },
    changeOutOfBand: (vendor, id, patch) => vendors[vendor].keys.change(id, patch),
    createOutOfBand: (vendor, fields) => vendors[vendor].create(fields),
    rotateCredentialsOutOfBand: (vendor) => accounts.rotate(vendor),
    inject: (fault) => faults.inject(fault),
    clearFaults: () => faults.clear(),
    close: () => listener.close(),
  };
}

function refuseUnlessXentree(vendor: VendorName): void {
  if (vendor === "xentree") return;
  throw new Error(`A key of the sandbox's ${vendor} can't be inactive: only Xentree's can, by is_active.`);
}
