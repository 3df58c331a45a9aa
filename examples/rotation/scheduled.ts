import { xentree } from "pulumi-apikeys";
import { Service } from "./service";

// Renewed by the first `pulumi up` after its date, with nothing changed in the program: nightly.yml runs one each night.
const reports = new xentree.ApiKey("reports", {
  permissions: ["conversations:read"],
  // Should no `pulumi up` run for long, the key ends by itself. A key needs at least `every` and `overlap` together.
  expiresIn: "90d",
  rotation: {
    every: "30d",
    // Where `every` is far away or left out, the key is renewed this long before its end.
    beforeExpiry: "14d",
    // So long the previous key works beside the new one, for whoever still holds it.
    overlap: "7d",
  },
});

// The value reaches what uses it in the same `pulumi up`. What reads it elsewhere has as long as `overlap`.
new Service("reports", { apiKey: reports.value, revision: reports.fingerprint });

export const reportsKey = reports.value;
export const reportsGeneration = reports.generation;
// When the next renewal is due.
export const reportsRenewedBy = reports.dueAt;
