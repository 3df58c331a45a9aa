import { instantText } from "../../../provider/base/time";

const hourMs = 3_600_000;

/**
 * What the CLI printed, as the document shows it: with the story's dates in whole hours, and with fixed texts for what
 * differs in every run (ids, suffixes, fingerprints, seconds). The dots that the CLI prints while it waits are left
 * out.
 *
 * @param toStoryMs what is to be added to a date of the run for one of the story
 */
export function retold(output: string, toStoryMs: number): string {
  return output
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, (date) =>
      instantText(Math.round((Date.parse(date) + toStoryMs) / hourMs) * hourMs),
    )
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "0b9d5c1e-7a42-4f0e-9d36-5e1f2a7c8b90")
    .replace(/"reports-[0-9a-f]{7}"/g, '"reports-3f9a1c7"')
    .replace(/"[0-9a-f]{16}"/g, '"9c1f04be27a8d563"')
    .replace(/\(\d+(\.\d+)?s\)/g, "(0s)")
    .replace(/^Duration: .*$/m, "Duration: 3s")
    .replace(/^@ [a-z ]+\.+\n/gm, "")
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
