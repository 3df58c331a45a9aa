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
