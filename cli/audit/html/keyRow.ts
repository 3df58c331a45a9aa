import { instantText, passed } from "../../../provider/base/time";
import { distanceText } from "../../distance";
import {
  type AuditReport,
  failingFindings,
  type KeyTimes,
  keyName,
  keyTimes,
  parentsText,
  type ReportedKey,
  wasBornApart,
} from "../report";
import { html, type Markup } from "./markup";
import type { Scale } from "./scale";
import { timeline } from "./timeline";

/** A key as the page shows it. */
export interface ShownKey {
  /** By which links on the page lead to it. */
  readonly id: string;
  readonly key: ReportedKey;
  readonly times: KeyTimes;
  /** What the filter of states goes by. */
  readonly states: readonly string[];
  /** When it needs something, in milliseconds since the epoch; less for what fails the audit. */
  readonly urgency: number;
}

/** The keys, first those that somebody has to do something about. */
export function shownKeys(report: AuditReport, keys: readonly ReportedKey[]): ShownKey[] {
  return keys
    .map((key) => {
      const times = keyTimes(key);
      const fails = failingFindings(report, key).length > 0;
      const needed = [times.due, times.expires, times.ends].filter((moment) => moment !== undefined);
      const isOverdue = [times.due, times.ends].some((moment) => passed(moment, report.atMs));
      return {
        key,
        times,
        states: [
          ...new Set([
            ...(fails ? ["fails the audit"] : []),
            ...(isOverdue && !fails && key.ownership === "managed" ? ["overdue"] : []),
            key.ownership,
            ...key.findings,
          ]),
        ],
        urgency: fails ? Number.NEGATIVE_INFINITY : Math.min(Number.POSITIVE_INFINITY, ...needed),
      };
    })
    .sort((one, other) => (one.urgency === other.urgency ? 0 : one.urgency - other.urgency))
    .map((shown, index) => ({ ...shown, id: `key-${index + 1}` }));
}

export function keyRow(report: AuditReport, scale: Scale, shown: ShownKey): Markup {
  const { id, key, times, states } = shown;
  const { place, managers } = key;
  const name = keyName(key);
  const isOver = ["missing", "revoked", "expired"].some(
    (end) => key.key.status === end || key.findings.some((finding) => finding === end),
  );
  const parents = parentsText(place);
  const connection =
    place.connection === place.definition.name ? undefined : html`, connection ${place.connection}`;
  return html`<li class="key" id="${id}" data-service="${place.definition.title}" data-stacks="${stacksOf(key).join("|")}" data-states="${states.join("|")}">
<div class="who"><h3>${name}</h3>
<p>${place.definition.title}${connection}${parents === "" ? undefined : html`, ${parents}`}</p>
${managers.map(({ label, role }) => html`<p class="held">${label}${role === "current" ? undefined : html` (${role})`}</p>`)}
${name === key.key.keyId ? undefined : html`<p><code>${key.key.keyId}</code></p>`}</div>
<ul class="states" aria-label="State">${badges(report, shown)}</ul>
<div class="life-of">${timeline(scale, times, isOver)}<dl>${datesOf(times, report.atMs)}</dl></div></li>
`;
}

/** The stacks that have a key. */
export function stacksOf({ managers }: ReportedKey): string[] {
  return [...new Set(managers.map(({ stack }) => stack.replaceAll("|", " ")))];
}

function badges(report: AuditReport, { key, states }: ShownKey): Markup[] {
  const failing: readonly string[] = failingFindings(report, key);
  const found: readonly string[] = key.findings;
  const shown = states.filter(
    (state) => state !== "fails the audit" && (state !== "managed" || states.length === 1),
  );
  return shown.map((state) => {
    const kind = failing.includes(state)
      ? "bad"
      : found.includes(state) || state === "overdue"
        ? "soon"
        : "fine";
    return html`<li class="${kind}">${state}</li>`;
  });
}

function datesOf(times: KeyTimes, nowMs: number): Markup[] {
  const dates: readonly [string, number | undefined][] = [
    ["Made", wasBornApart(times) ? times.born : undefined],
    ["Renewed", times.renewed],
    ["Last used", times.lastUsed],
    ["Due", times.due],
    ["Overlap ends", times.ends],
    ["Expires", times.expires],
  ];
  return dates.flatMap(([label, ms]) => (ms === undefined ? [] : [dateOf(label, ms, nowMs)]));
}

function dateOf(label: string, ms: number, nowMs: number): Markup {
  const text = instantText(ms);
  return html`<div><dt>${label}</dt><dd><time datetime="${text}">${text.slice(0, 10)}</time> ${distanceText(ms, nowMs)}</dd></div>`;
}
