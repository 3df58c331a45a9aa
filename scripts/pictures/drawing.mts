/** What the pictures of the documents have in common: a page, shapes with classes, and colours for light and dark pages. */

/** Colours that every picture has. It brings its own page, so that it is legible wherever it is shown. */
interface PageColours {
  readonly page: string;
  readonly border: string;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
}

const light: PageColours = {
  page: "#ffffff",
  border: "#d1d9e0",
  text: "#1f2328",
  quiet: "#59636e",
  grid: "#d1d9e0",
};

const dark: PageColours = {
  page: "#0d1117",
  border: "#3d444d",
  text: "#f0f6fc",
  quiet: "#9198a1",
  grid: "#2f353d",
};

/** A picture, without its shapes. */
export interface Frame {
  /** In pixels, as all lengths here. */
  readonly width: number;
  readonly height: number;
  /** What a screen reader says. */
  readonly title: string;
  readonly style: string;
}

/** An SVG document of these shapes. */
export function picture({ width, height, title, style }: Frame, shapes: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    `<title id="title">${escaped(title)}</title>`,
    style,
    `<rect class="page" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    ...shapes,
    "</svg>\n",
  ].join("\n");
}

/** @param kind classes of the style sheet, as in all shapes */
export function text(x: number, y: number, kind: string, content: string): string {
  return `<text class="${kind}" x="${tenths(x)}" y="${tenths(y)}">${escaped(content)}</text>`;
}

export function bar(kind: string, x: number, y: number, width: number, height: number): string {
  return `<rect class="${kind}" x="${tenths(x)}" y="${tenths(y)}" width="${tenths(width)}" height="${tenths(height)}"/>`;
}

export function line(kind: string, x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="${kind}" x1="${tenths(x1)}" y1="${tenths(y1)}" x2="${tenths(x2)}" y2="${tenths(y2)}"/>`;
}

export function path(kind: string, d: string): string {
  return `<path class="${kind}" d="${d}"/>`;
}

/** Tenths of a pixel are as fine as anybody sees. */
export function tenths(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

/**
 * A picture's style sheet, for light and dark pages.
 *
 * @param shapes rules of the picture's own that name no colour
 * @param own its own colours by what they stand for
 * @param rules its own rules that name colours
 */
export function styleSheet<Own>(
  shapes: string,
  own: { readonly light: Own; readonly dark: Own },
  rules: (colours: PageColours & Own) => string,
): string {
  const all = (colours: PageColours & Own) => `${pageRules(colours)}\n${rules(colours)}`;
  return `<style>
text { font: 13px -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
.heading { font-size: 15px; font-weight: 600; }
.strong { font-weight: 600; }
${shapes}
${all({ ...light, ...own.light })}
@media (prefers-color-scheme: dark) {
${all({ ...dark, ...own.dark })}
}
</style>`;
}

function pageRules({ page, border, text, quiet, grid }: PageColours): string {
  return `.page { fill: ${page}; stroke: ${border}; }
text { fill: ${text}; }
.quiet { fill: ${quiet}; }
.grid { stroke: ${grid}; }`;
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
