import type { Generation, Story, StorySchedule } from "./rotationStory.mts";
import { style } from "./timelineStyle.mts";

const dayMs = 86_400_000;

/** In pixels. */
const width = 960;
const plot = { left: 246, right: 930, top: 92 };
const rowHeight = 54;
const barHeight = 20;

/** Not by way of Intl, whose abbreviations change from one Node.js to the next. */
const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The lives of a resource's keys as an SVG picture, one row a key. */
export function timeline({ fromMs, toMs, upsMs, generations }: Story, asked: StorySchedule): string {
  const { every, overlap, expiresIn } = asked;
  const x = (ms: number) =>
    round(plot.left + ((Math.min(ms, toMs) - fromMs) / (toMs - fromMs)) * (plot.right - plot.left));
  const bottom = plot.top + generations.length * rowHeight;
  const height = bottom + 112;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    `<title id="title">The lives of a key's generations with every ${every}, overlap ${overlap} and expiresIn ${expiresIn}</title>`,
    style,
    `<rect class="page" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    label(
      24,
      36,
      "heading",
      `rotation: { every: "${every}", overlap: "${overlap}" }, expiresIn: "${expiresIn}"`,
    ),
    ...months(fromMs, toMs).map((ms) => month(x(ms), bottom, ms)),
    gap(upsMs, x, bottom),
    ...generations.flatMap((key, index) => row(key, index, x, toMs)),
    ...generations.filter(({ dueMs }) => dueMs < toMs).map(({ dueMs }, index) => due(x(dueMs), index)),
    ...upsMs.map((ms) => line("up", x(ms), bottom + 14, x(ms), bottom + 22)),
    label(24, bottom + 22, "quiet", "pulumi up, every night"),
    ...legend(bottom + 74),
    "</svg>\n",
  ].join("\n");
}

/** A key: what it was when, from its making to its expiry. */
function row(key: Generation, index: number, x: (ms: number) => number, toMs: number): string[] {
  const top = plot.top + index * rowHeight + 14;
  const { madeMs, succeededMs = toMs, revokedMs = succeededMs, expiresMs } = key;
  const end = key.revokedMs === undefined ? "" : ` · revoked ${date(key.revokedMs)}`;
  return [
    label(24, top + 8, "strong", `Generation ${index + 1}`),
    label(24, top + 25, "quiet", `made ${date(madeMs)}${end}`),
    remainder(x(revokedMs), x(expiresMs), top, expiresMs < toMs),
    bar("previous", x(succeededMs), x(revokedMs), top),
    bar("current", x(madeMs), x(succeededMs), top),
  ];
}

/** The time that a revoked key had left, open where it ends beyond the picture. */
function remainder(from: number, to: number, top: number, ends: boolean): string {
  const bottom = top + barHeight;
  const outline = `<path class="expiry" d="M${from} ${top}H${to}M${from} ${bottom}H${to}"/>`;
  return ends ? `${outline}\n${line("end", to, top - 3, to, bottom + 3)}` : outline;
}

/** The date until which a key is good, on its own row. */
function due(x: number, index: number): string {
  const top = plot.top + index * rowHeight + 14;
  const [above, below] = [top - 4, top + barHeight + 4];
  return `<g class="due"><line x1="${x}" y1="${above}" x2="${x}" y2="${below}"/><path d="M${x - 4} ${above - 6}h8l-4 6z"/></g>`;
}

/** Nights on which no `up` ran. */
function gap(upsMs: readonly number[], x: (ms: number) => number, bottom: number): string {
  const last = upsMs.findIndex((ms, index) => (upsMs[index + 1] ?? ms) - ms > dayMs);
  const [from, to] = [x((upsMs[last] ?? 0) + dayMs / 2), x((upsMs[last + 1] ?? 0) - dayMs / 2)];
  return [
    `<rect class="gap" x="${from}" y="${plot.top}" width="${round(to - from)}" height="${bottom + 26 - plot.top}"/>`,
    label(round((from + to) / 2), bottom + 42, "quiet middle", "no up ran"),
  ].join("\n");
}

function legend(y: number): string[] {
  const entries = [
    ["current", "current", 102],
    ["previous", "previous, still valid", 178],
    ["expiry", "until it would have expired", 232],
  ] as const;
  let x = 24;
  const bars = entries.flatMap(([kind, text, step]) => {
    const at = x;
    x += step;
    return [bar(kind, at, at + 28, y, 14), label(at + 36, y + 12, "text", text)];
  });
  const mark = `<g class="due"><line x1="${x + 6}" y1="${y}" x2="${x + 6}" y2="${y + 16}"/><path d="M${x + 2} ${y - 4}h8l-4 6z"/></g>`;
  return [...bars, mark, label(x + 18, y + 12, "text", "due: the old date plus whole periods, however late")];
}

function months(fromMs: number, toMs: number): number[] {
  const first = new Date(fromMs);
  return Array.from({ length: 12 }, (_, index) =>
    Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + index, 1, first.getUTCHours()),
  ).filter((ms) => ms >= fromMs && ms <= toMs);
}

function month(x: number, bottom: number, ms: number): string {
  return `${line("grid", x, plot.top - 8, x, bottom + 8)}\n${label(x, plot.top - 16, "quiet middle", date(ms))}`;
}

function bar(kind: string, from: number, to: number, top: number, height = barHeight): string {
  return `<rect class="${kind}" x="${from}" y="${top}" width="${round(to - from)}" height="${height}"/>`;
}

function line(kind: string, x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="${kind}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
}

function label(x: number, y: number, kind: string, text: string): string {
  return `<text class="${kind}" x="${x}" y="${y}">${text}</text>`;
}

function date(ms: number): string {
  const [, , month = 0, day] = /^(\d+)-(\d\d)-(\d\d)/.exec(new Date(ms).toISOString()) ?? [];
  return `${Number(day)} ${monthNames[Number(month) - 1]}`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
