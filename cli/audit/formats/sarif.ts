import { createHash } from "node:crypto";
import type { Log, ReportingDescriptor, Result } from "sarif";
import { ownPackage } from "../../../provider/base/ownPackage";
import { instantText } from "../../../provider/base/time";
import { json } from "../../json";
import { type Finding, findings } from "../findings";
import {
  type AuditReport,
  failureText,
  keyName,
  type ReportedKey,
  reportedKeys,
  resourcesOf,
} from "../report";
import { findingSentences, meanings, remedies } from "../sentences";

/**
 * A log of results, as GitHub's code scanning and other collectors read it. A key is in no file, and they want one: it is the
 * project's.
 *
 * @see SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(report: AuditReport): string {
  const results = reportedKeys(report).flatMap((key) =>
    key.findings.map((finding) => resultOf(key, finding, levelOf(report, finding))),
  );
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "pulumi-apikeys",
            semanticVersion: ownPackage().version,
            rules: findings.map((finding) => ruleOf(finding, levelOf(report, finding))),
          },
        },
        automationDetails: { id: "pulumi-apikeys-audit/" },
        invocations: [
          {
            executionSuccessful: report.failures.length === 0,
            endTimeUtc: instantText(report.atMs),
            toolExecutionNotifications: report.failures.map((failure) => ({
              level: "error",
              message: { text: failureText(failure) },
            })),
          },
        ],
        results,
      },
    ],
  };
  return json(log);
}

type Level = "error" | "warning";

function levelOf({ failing }: AuditReport, finding: Finding): Level {
  return failing.includes(finding) ? "error" : "warning";
}

function ruleOf(finding: Finding, level: Level): ReportingDescriptor {
  return {
    id: finding,
    name: finding,
    shortDescription: { text: meanings[finding] },
    help: { text: remedies[finding] },
    defaultConfiguration: { level },
  };
}

function resultOf(key: ReportedKey, finding: Finding, level: Level): Result {
  const { definition, connection, pathParameters } = key.place;
  const identity = [definition.name, connection, pathParameters, key.key.keyId, finding];
  const fingerprint = createHash("sha256").update(JSON.stringify(identity)).digest("hex");
  return {
    ruleId: finding,
    ruleIndex: findings.indexOf(finding),
    level,
    message: { text: findingSentences(key, finding) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: "Pulumi.yaml" }, region: { startLine: 1 } },
        logicalLocations: [
          { name: keyName(key), fullyQualifiedName: [connection, key.key.keyId].join("/"), kind: "resource" },
        ],
      },
    ],
    partialFingerprints: {
      "apiKeyFinding/v1": fingerprint,
      // GitHub tells alerts apart by this one alone, and would take it from the line, which is the same for all.
      primaryLocationLineHash: fingerprint,
    },
    properties: {
      service: definition.name,
      connection,
      parents: pathParameters,
      keyId: key.key.keyId,
      resources: resourcesOf(key),
    },
  };
}
