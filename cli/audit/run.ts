import type { Finding } from "./findings";
import { managedPlaces } from "./managedPlaces";
import { auditPlace } from "./place";
import { withoutRepeated } from "./repeated";
import { type AuditReport, reportedPlace } from "./report";
import { type AskedStacks, readStacks } from "./stacks";

/** What counts as a finding. */
export interface AskedFindings {
  readonly expiringWithinMs: number;
  readonly unusedForMs: number;
  readonly failing: readonly Finding[];
}

/**
 * Reads the states of stacks, and the vendors wherever one of them has a key.
 *
 * @throws {CommandError} when there is nothing to report
 */
export async function runAudit(stacks: AskedStacks, asked: AskedFindings): Promise<AuditReport> {
  const read = await readStacks(stacks);
  const { places, failures: unplaced } = managedPlaces(read.stacks);
  const atMs = Date.now();
  const limits = {
    expiringBeforeMs: atMs + asked.expiringWithinMs,
    unusedSinceMs: atMs - asked.unusedForMs,
  };
  const audited = withoutRepeated(
    await Promise.all(places.map((place) => auditPlace(place, limits, read.isWhole))),
  );
  const unknown = audited
    .flatMap((place) => place.audited)
    .filter(({ ownership }) => ownership === "unknown");
  const unproven =
    unknown.length === 0
      ? []
      : [
          `${unknown.length === 1 ? "1 key is" : `${unknown.length} keys are`} in no stack that was read. ` +
            "Not every stack was, so that it is not known whose; no key is called unmanaged.",
        ];
  return {
    atMs,
    stacks: read.stacks.map(({ name }) => name),
    places: audited.filter(({ failure }) => failure === undefined).map(reportedPlace),
    failures: [
      ...read.failures,
      ...unplaced,
      ...audited.flatMap(({ failure, gap }) => failure ?? gap ?? []),
      ...unproven,
    ],
    failing: asked.failing,
  };
}
