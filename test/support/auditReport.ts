import { type Finding, failingByDefault } from "../../cli/audit/findings";
import type { ManagedKey } from "../../cli/audit/managedKeys";
import type { AuditedKey } from "../../cli/audit/place";
import type { AuditReport, ReportedPlace } from "../../cli/audit/report";
import { instantText } from "../../provider/base/time";
import type { ServiceDefinition } from "../../provider/definition/definition";
import { applications, sendkit, xentree } from "./vendor/definitions";

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

const services = [xentree, applications, sendkit];
const uses = [
  "ci",
  "deploy",
  "billing-worker",
  "crawler",
  "mailer",
  "staging-smoke-tests",
  "partner-acme",
  "laptop",
];

/** A report of an organisation with so many keys, of every kind. The same each time. */
export function organisationReport(count: number): AuditReport {
  const keys = Array.from({ length: count }, (_, index) => organisationKey(index));
  const places = services.map((definition, index) =>
    reportedPlace(
      keys.filter((_, at) => at % services.length === index),
      {
        definition,
        connection: definition.name,
        pathParameters:
          definition === xentree
            ? {}
            : { [definition === sendkit ? "workspaceId" : "applicationId"]: "7f1c" },
      },
    ),
  );
  return reportOf([], {
    places,
    stacks: ["billing/dev", "billing/prod", "web/dev", "web/prod"],
    failures: ["The stack web/staging could not be read: `pulumi stack export` failed."],
  });
}

function organisationKey(index: number): AuditedKey {
  const use = uses[index % uses.length] ?? "ci";
  const keyId = `${String(index).padStart(8, "0")}-fdac-4c64-9c2a-23e6a593df8b`;
  const age = 3 + ((index * 37) % 300);
  const life = 90 * Math.ceil((age + 1) / 90);
  const stack = ["billing/dev", "billing/prod", "web/dev", "web/prod"][index % 4] ?? "dev";
  const fields = {
    name: `${use}-${(index * 7919).toString(16).padStart(7, "0").slice(0, 7)}`,
    createdAt: daysFrom(-age),
    expiresAt: daysFrom(life - age),
    ...(index % 5 !== 0 && { lastUsedAt: daysFrom(-(age % 20) * 0.7) }),
  };
  const outputs = {
    rotatedAt: daysFrom(-age),
    dueAt: daysFrom(life - age - 14),
    generation: 1 + (index % 3),
  };
  const more = { resource: use, stack, outputs };
  switch (index % 25) {
    case 3:
      return reportedKey(keyId, fields, { ownership: "unmanaged", findings: ["unmanaged"] });
    case 7:
      return reportedKey(
        keyId,
        { ...fields, lastUsedAt: daysFrom(-120), createdAt: daysFrom(-290) },
        { ...more, findings: ["unused"] },
      );
    case 9:
      return reportedKey(keyId, fields, { ...more, ownership: "missing", findings: ["missing"] });
    case 12:
      return reportedKey(keyId, fields, {
        ...more,
        role: "previous",
        outputs: { rotatedAt: daysFrom(-2), previousRevokeAt: daysFrom(5) },
      });
    case 15:
      return reportedKey(
        keyId,
        { ...fields, expiresAt: daysFrom(6) },
        { ...more, findings: ["expiring"], outputs: {} },
      );
    case 18:
      return reportedKey(
        keyId,
        { ...fields, status: "expired", expiresAt: daysFrom(-4) },
        { ...more, findings: ["expired"] },
      );
    case 21:
      return reportedKey(keyId, { name: fields.name, createdAt: daysFrom(-age) }, { ...more, outputs: {} });
    default:
      return reportedKey(keyId, fields, more);
  }
}
