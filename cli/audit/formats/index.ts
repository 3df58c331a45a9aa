import { nearestHint } from "../../../provider/base/words";
import { UsageError } from "../../command";
import type { AuditReport } from "../report";
import { jsonReport } from "./json";
import { textReport } from "./text";

const formats: Readonly<Record<string, (report: AuditReport) => string>> = {
  text: textReport,
  json: jsonReport,
};

export const formatNames: readonly string[] = Object.keys(formats);

/** @throws {UsageError} when there is no such format */
export function formatNamed(name: string): (report: AuditReport) => string {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format !== undefined) return format;
  throw new UsageError(
    `--format is ${JSON.stringify(name)}, which is no format${nearestHint(name, formatNames)}. There are ${formatNames.join(", ")}.`,
  );
}
