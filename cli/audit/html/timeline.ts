import { type KeyTimes, wasBornApart } from "../report";
import { html, type Markup } from "./markup";
import type { Scale } from "./scale";

/** Height of a timeline, and the line on which its marks are, in pixels. */
const [height, middle] = [30, 15];

/**
 * The life of a key as a picture. Its dates stand beside it as text, so that it tells nothing that is not read there.
 *
 * @param isOver whether the key works no more
 */
export function timeline(scale: Scale, times: KeyTimes, isOver: boolean): Markup {
  const { percent, nowMs } = scale;
  const end = times.ends ?? times.expires ?? (isOver ? nowMs : scale.toMs);
  const begin = times.born ?? scale.fromMs;
  const overlap = times.ends === undefined ? undefined : bar("overlap", times.succeeded ?? begin, times.ends);
  return html`<svg class="track" height="${height}" aria-hidden="true" focusable="false">${grid(scale)}${bar(
    "life",
    begin,
    Math.min(end, nowMs),
  )}${bar("ahead", Math.max(begin, nowMs), end)}${overlap}${now(scale)}${[
    wasBornApart(times) ? mark("born", begin) : undefined,
    times.renewed === undefined ? undefined : mark("renewed", times.renewed),
    times.lastUsed === undefined ? undefined : mark("used", times.lastUsed),
    times.due === undefined ? undefined : mark(times.due <= nowMs ? "overdue" : "due", times.due),
    times.expires === undefined ? undefined : mark("expires", times.expires),
  ]}</svg>`;

  function bar(kind: string, fromMs: number, toMs: number): Markup | undefined {
    const [from, to] = [percent(fromMs), percent(toMs)];
    if (toMs <= fromMs || to <= from) return undefined;
    const width = Math.round((to - from) * 100) / 100;
    return html`<rect class="${kind}" x="${from}%" y="${middle - 5}" width="${width}%" height="10" rx="2"/>`;
  }

  function mark(kind: MarkKind, ms: number): Markup {
    return html`<svg class="${kind}" x="${percent(ms)}%" y="${middle}" overflow="visible">${shapes[kind]}</svg>`;
  }
}

/** The names of the months above all timelines. */
export function axis(scale: Scale): Markup {
  const labels = scale.ticks
    .map(({ label, atMs }) => ({ label, at: scale.percent(atMs) }))
    .filter(({ at }) => at > 1 && at < 96);
  return html`<svg class="axis" height="22" aria-hidden="true" focusable="false">${grid(scale)}${labels.map(
    ({ label, at }) => html`<text x="${at}%" dx="3" y="14">${label}</text>`,
  )}${now(scale)}</svg>`;
}

/** What a mark means, with the mark. */
export function legend(): Markup {
  const entries: readonly [string, Markup][] = [
    ["made", shape("born")],
    ["renewed", shape("renewed")],
    ["last used", shape("used")],
    ["due", shape("due")],
    ["overdue", shape("overdue")],
    ["expires", shape("expires")],
    ["overlap", html`<rect class="overlap" x="1" y="5" width="20" height="10" rx="2"/>`],
    ["today", html`<path class="now" d="M11 0V20"/>`],
  ];
  return html`<ul class="legend" aria-label="What the marks mean">${entries.map(
    ([text, picture]) =>
      html`<li><svg width="22" height="20" aria-hidden="true" focusable="false">${picture}</svg>${text}</li>`,
  )}</ul>`;
}

type MarkKind = "born" | "renewed" | "used" | "due" | "overdue" | "expires";

/** Each is another shape, so that colours need not be told apart. */
const shapes: Readonly<Record<MarkKind, Markup>> = {
  born: html`<path d="M0 -9V9"/>`,
  renewed: html`<path d="M-5 -7L5 0L-5 7Z"/>`,
  used: html`<circle r="4"/>`,
  due: html`<path d="M0 -7L7 0L0 7L-7 0Z"/>`,
  overdue: html`<path d="M0 -7L7 0L0 7L-7 0Z"/>`,
  expires: html`<path d="M-5 -6L5 6M5 -6L-5 6"/>`,
};

function shape(kind: MarkKind): Markup {
  return html`<svg class="${kind}" x="11" y="10" overflow="visible">${shapes[kind]}</svg>`;
}

function grid({ ticks, percent }: Scale): Markup[] {
  return ticks.map(({ atMs }) => {
    const at = percent(atMs);
    return html`<line class="tick" x1="${at}%" x2="${at}%" y1="0" y2="100%"/>`;
  });
}

function now({ percent, nowMs }: Scale): Markup {
  const at = percent(nowMs);
  return html`<line class="now" x1="${at}%" x2="${at}%" y1="0" y2="100%"/>`;
}
