import { bar, line, path, picture, styleSheet, tenths, text } from "../pictures/drawing.mts";
import type { Generation, Story, StorySchedule } from "./rotationStory.mts";

const dayMs = 86_400_000;

/** In pixels. */
const width = 960;
const plot = { left: 246, right: 930, top: 92 };
const rowHeight = 54;
const barHeight = 20;

const light = {
  gap: "#eff2f5",
  current: "#0969da",
  previous: "#d4a72c",
  expiry: "#818b98",
  due: "#cf222e",
};

const dark: typeof light = {
  gap: "#1c232c",
  current: "#4493f8",
  previous: "#d29922",
  expiry: "#7d8590",
  due: "#ff7b72",
};

const shapes = `.heading { font: 600 15px ui-monospace, "SFMono-Regular", Menlo, "DejaVu Sans Mono", monospace; }
.middle { text-anchor: middle; }
.up { stroke-width: 1.5; }
.end, .due { stroke-width: 2; }
path.due { stroke-width: 1; }
.expiry { fill: none; stroke-dasharray: 3 3; }`;

const style = styleSheet(shapes, { light, dark }, ({ quiet, gap, current, previous, expiry, due }) => {
  return `.gap { fill: ${gap}; }
.up { stroke: ${quiet}; }
.current { fill: ${current}; }
.previous { fill: ${previous}; }
.expiry, .end { stroke: ${expiry}; }
.due { fill: ${due}; stroke: ${due}; }`;
});

/** Not from Intl, whose abbreviations change with the version of Node.js. */
const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The lives of a resource's keys as an SVG picture, with a row for each key. */
export function timeline({ fromMs, toMs, upsMs, generations }: Story, asked: StorySchedule): string {
  const { every, overlap, expiresIn } = asked;
  const x = (ms: number) =>
    tenths(plot.left + ((Math.min(ms, toMs) - fromMs) / (toMs - fromMs)) * (plot.right - plot.left));
  const bottom = plot.top + generations.length * rowHeight;
  const height = bottom + 112;
  const title = `The lives of a key's generations with every ${every}, overlap ${overlap} and expiresIn ${expiresIn}`;
  const asArguments = `rotation: { every: "${every}", overlap: "${overlap}" }, expiresIn: "${expiresIn}"`;
  return picture({ width, height, title, style }, [
    text(24, 36, "heading", asArguments),
    ...months(fromMs, toMs).map((ms) => month(x(ms), bottom, ms)),
    gap(upsMs, x, bottom),
    ...generations.flatMap((key, index) => row(key, index, x, toMs)),
    ...generations.filter(({ dueMs }) => dueMs < toMs).map(({ dueMs }, index) => due(x(dueMs), index)),
    ...upsMs.map((ms) => line("up", x(ms), bottom + 14, x(ms), bottom + 22)),
    text(24, bottom + 22, "quiet", "pulumi up, every night"),
    ...legend(bottom + 74),
  ]);
}

/** A key from its creation to its expiry: current, previous, and the time after it was revoked. */
function row(key: Generation, index: number, x: (ms: number) => number, toMs: number): string[] {
  const top = plot.top + index * rowHeight + 14;
  const { madeMs, succeededMs = toMs, revokedMs = succeededMs, expiresMs } = key;
  const end = key.revokedMs === undefined ? "" : ` · revoked ${date(key.revokedMs)}`;
  return [
    text(24, top + 8, "strong", `Generation ${index + 1}`),
    text(24, top + 25, "quiet", `made ${date(madeMs)}${end}`),
    remainder(x(revokedMs), x(expiresMs), top, expiresMs < toMs),
    bar("previous", x(succeededMs), top, x(revokedMs) - x(succeededMs), barHeight),
    bar("current", x(madeMs), top, x(succeededMs) - x(madeMs), barHeight),
  ];
}

/** The time that a revoked key had left. It is open where it ends outside the picture. */
function remainder(from: number, to: number, top: number, ends: boolean): string {
  const bottom = top + barHeight;
  const outline = path("expiry", `M${from} ${top}H${to}M${from} ${bottom}H${to}`);
  return ends ? `${outline}\n${line("end", to, top - 3, to, bottom + 3)}` : outline;
}

/** The date on which a key is due, on its own row. */
function due(x: number, index: number): string {
  const top = plot.top + index * rowHeight + 14;
  return dueMark(x, top - 4, top + barHeight + 4);
}

/** A line with an arrow that points at its upper end. */
function dueMark(x: number, top: number, bottom: number): string {
  return `${line("due", x, top, x, bottom)}\n${path("due", `M${tenths(x - 4)} ${top - 6}h8l-4 6z`)}`;
}

/** Nights on which no `up` ran. */
function gap(upsMs: readonly number[], x: (ms: number) => number, bottom: number): string {
  const last = upsMs.findIndex((ms, index) => (upsMs[index + 1] ?? ms) - ms > dayMs);
  const [from, to] = [x((upsMs[last] ?? 0) + dayMs / 2), x((upsMs[last + 1] ?? 0) - dayMs / 2)];
  return [
    bar("gap", from, plot.top, to - from, bottom + 26 - plot.top),
    text((from + to) / 2, bottom + 42, "quiet middle", "no up ran"),
  ].join("\n");
}

function legend(y: number): string[] {
  const entries = [
    ["current", "current", 102],
    ["previous", "previous, still valid", 178],
    ["expiry", "until it would have expired", 232],
  ] as const;
  let x = 24;
  const bars = entries.flatMap(([kind, meaning, step]) => {
    const at = x;
    x += step;
    return [bar(kind, at, y, 28, 14), text(at + 36, y + 12, "text", meaning)];
  });
  return [
    ...bars,
    dueMark(x + 6, y + 2, y + 16),
    text(x + 18, y + 12, "text", "due: the old date plus whole periods, however late"),
  ];
}

function months(fromMs: number, toMs: number): number[] {
  const first = new Date(fromMs);
  return Array.from({ length: 12 }, (_, index) =>
    Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + index, 1, first.getUTCHours()),
  ).filter((ms) => ms >= fromMs && ms <= toMs);
}

function month(x: number, bottom: number, ms: number): string {
  return `${line("grid", x, plot.top - 8, x, bottom + 8)}\n${text(x, plot.top - 16, "quiet middle", date(ms))}`;
}

function date(ms: number): string {
  const [, , month = 0, day] = /^(\d+)-(\d\d)-(\d\d)/.exec(new Date(ms).toISOString()) ?? [];
  return `${Number(day)} ${monthNames[Number(month) - 1]}`;
}
