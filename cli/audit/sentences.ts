import { printable } from "../../provider/redaction/printable";
import type { Finding } from "./findings";
import { keyName, type ReportedKey, resourcesText } from "./report";

/** What a finding means, for those who have not read its name before. */
export const meanings: Readonly<Record<Finding, string>> = {
  unmanaged: "A key that works is in the state of no stack that was audited.",
  missing: "A key in the state of a stack is no longer at the vendor.",
  revoked: "A key in the state of a stack was revoked.",
  rotated: "A key in the state of a stack was given another value at the vendor.",
  expired: "A key in the state of a stack has expired.",
  expiring: "A key that works expires soon.",
  unused: "A key that works has not been used for long.",
  "never-used": "A key that works has never been used.",
};

/** What to do about a finding. */
export const remedies: Readonly<Record<Finding, string>> = {
  unmanaged: "Adopt it with `adopt`, or revoke it at the vendor.",
  missing: "Run `pulumi refresh`, then `pulumi up`, which makes another.",
  revoked: "Run `pulumi refresh`, then `pulumi up`, which makes another.",
  rotated: "Run `pulumi refresh`, then `pulumi up`, which makes another.",
  expired: "Run `pulumi refresh`, then `pulumi up`, which makes another where the program says a lifetime.",
  expiring: "Let `pulumi up` renew it before: rotation.beforeExpiry with expiresIn does.",
  unused: "Revoke it if nothing needs it.",
  "never-used": "Revoke it if nothing needs it.",
};

/** A finding about a key, and what to do about it. */
export function findingSentences(key: ReportedKey, finding: Finding): string {
  const { definition, connection } = key.place;
  const id = printable(key.key.keyId);
  const name = keyName(key);
  const called = `${definition.title} key ${JSON.stringify(name)}${name === id ? "" : ` (${id})`}`;
  const resources = resourcesText(key);
  const of =
    resources === "" ? `, seen by connection ${JSON.stringify(printable(connection))},` : ` of ${resources}`;
  return `The ${called}${of} ${predicate(key, finding)}. ${remedies[finding]}`;
}

function predicate({ key }: ReportedKey, finding: Finding): string {
  const at = (moment: unknown) => (typeof moment === "string" ? ` at ${printable(moment)}` : "");
  const since = typeof key.createdAt === "string" ? ` since it was made at ${printable(key.createdAt)}` : "";
  switch (finding) {
    case "unmanaged":
      return "works, and is in the state of no stack that was audited";
    case "missing":
      return "is no longer at the vendor";
    case "revoked":
      return "was revoked";
    case "rotated":
      return "was given another value at the vendor, so that the one in the state opens nothing";
    case "expired":
      return `expired${at(key.expiresAt)}`;
    case "expiring":
      return `expires${at(key.expiresAt)}`;
    case "unused":
      return `was last used${at(key.lastUsedAt)}`;
    case "never-used":
      return `was never used${since}`;
  }
}
