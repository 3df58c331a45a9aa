import { type Finding, failingByDefault } from "../../cli/audit/findings";
import type { ManagedKey } from "../../cli/audit/managedKeys";
import type { AuditedKey } from "../../cli/audit/place";
import type { AuditReport, ReportedPlace } from "../../cli/audit/report";
import { instantText } from "../../provider/base/time";
import type { ServiceDefinition } from "../../provider/definition/definition";
import { xentree } from "./vendor/definitions";

/** The moment of every report of these tests. */
export const reportMs = Date.parse("2026-11-29T12:00:00Z");
const dayMs = 86_400_000;

/** A moment so many days after the report, or before it. */
export const daysFrom = (days: number) => instantText(reportMs + days * dayMs);

/** Names that somebody might give a key, or a vendor an id, to get at whoever reads a report. */
export const hostileNames: readonly string[] = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "</style></script><!--",
  "]]>&amp;<![CDATA[",
  "::error::all is well",
  "two\n::set-output name=x::lines\r\n# HELP apikeys_key_age_days",
  'quote" backslash\\ brace} comma, 100% colon:',
  "\u001b[2J\u0000\u0007\u202egnp.exe\u{e0041}",
  "half a pair \ud800 and no character \uffff",
  "{{7*7}} `id` $(id) %{x} #{x}",
  "x".repeat(5_000),
];

/** A key of a report: managed, active and without findings unless it is told otherwise. */
export function reportedKey(
  keyId: string,
  fields: Readonly<Record<string, unknown>> = {},
  more: {
    readonly ownership?: AuditedKey["ownership"];
    readonly findings?: readonly Finding[];
    readonly resource?: string;
    readonly stack?: string;
    readonly role?: ManagedKey["role"];
    readonly outputs?: Readonly<Record<string, unknown>>;
  } = {},
): AuditedKey {
  const { ownership = "managed", findings = [], resource = "ci", stack = "dev", role = "current" } = more;
  const manager = {
    keyId,
    stack,
    resource,
    label: `${stack}/${resource}`,
    role,
    outputs: more.outputs ?? {},
  };
  const isHeld = ownership === "managed" || ownership === "missing";
  const key = { keyId, status: "active", ...fields };
  return { ownership, managers: isHeld ? [manager] : [], findings, key };
}

export function reportedPlace(
  audited: readonly AuditedKey[],
  more: Partial<Omit<ReportedPlace, "definition">> & { readonly definition?: ServiceDefinition } = {},
): ReportedPlace {
  return { definition: xentree, connection: "xentree", pathParameters: {}, isListed: true, audited, ...more };
}

export function reportOf(audited: readonly AuditedKey[], more: Partial<AuditReport> = {}): AuditReport {
  return {
    atMs: reportMs,
    stacks: ["dev"],
    places: [reportedPlace(audited)],
    failures: [],
    failing: failingByDefault,
    ...more,
  };
}

/** A report in which everything that comes from outside is one of the hostile names. */
export function hostileReport(): AuditReport {
  const places = hostileNames.map((name) =>
    reportedPlace(
      [
        reportedKey(
          `id ${name}`,
          { name, prefix: name },
          { resource: name, stack: name, findings: ["revoked"] },
        ),
        reportedKey(
          `other ${name}`,
          { name, createdAt: name },
          { ownership: "unmanaged", findings: ["unmanaged"] },
        ),
      ],
      { pathParameters: { team: name }, connection: name },
    ),
  );
  return reportOf([], { places, failures: hostileNames, stacks: hostileNames });
}
