import { xentree } from "pulumi-apikeys";
import { Service } from "./service";

// The first `pulumi up` after the date renews the key, without a change of the program. nightly.yml runs one each night.
const reports = new xentree.ApiKey("reports", {
  permissions: ["conversations:read"],
  // If no `pulumi up` runs for a long time, the key expires. It has to be at least `every` and `overlap` together.
  expiresIn: "90d",
  rotation: {
    every: "30d",
    // If `every` is long or left out, the key is renewed this long before its expiry.
    beforeExpiry: "14d",
    // The previous key works this long beside the new one, for readers that still have it.
    overlap: "7d",
  },
});

// Dependents get the value in the same `pulumi up`. Readers elsewhere have the time of `overlap`.
new Service("reports", { apiKey: reports.value, revision: reports.fingerprint });

export const reportsKey = reports.value;
export const reportsGeneration = reports.generation;
// When the next renewal is due.
export const reportsRenewedBy = reports.dueAt;
