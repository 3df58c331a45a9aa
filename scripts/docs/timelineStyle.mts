/** Colours by what they stand for. The picture brings its own page, so that it is legible wherever it is shown. */
interface Palette {
  readonly page: string;
  readonly border: string;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  readonly gap: string;
  readonly current: string;
  readonly previous: string;
  readonly expiry: string;
  readonly due: string;
}

const light: Palette = {
  page: "#ffffff",
  border: "#d1d9e0",
  text: "#1f2328",
  quiet: "#59636e",
  grid: "#d1d9e0",
  gap: "#eff2f5",
  current: "#0969da",
  previous: "#d4a72c",
  expiry: "#818b98",
  due: "#cf222e",
};

const dark: Palette = {
  page: "#0d1117",
  border: "#3d444d",
  text: "#f0f6fc",
  quiet: "#9198a1",
  grid: "#2f353d",
  gap: "#1c232c",
  current: "#4493f8",
  previous: "#d29922",
  expiry: "#7d8590",
  due: "#ff7b72",
};

/** The picture's style sheet, for light and dark pages. */
export const style = `<style>
text { font: 13px -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
.heading { font: 600 15px ui-monospace, "SFMono-Regular", Menlo, "DejaVu Sans Mono", monospace; }
.strong { font-weight: 600; }
.middle { text-anchor: middle; }
.up { stroke-width: 1.5; }
.end, .due line { stroke-width: 2; }
.expiry { fill: none; stroke-dasharray: 3 3; }
${rules(light)}
@media (prefers-color-scheme: dark) {
${rules(dark)}
}
</style>`;

function rules(colour: Palette): string {
  return `.page { fill: ${colour.page}; stroke: ${colour.border}; }
text { fill: ${colour.text}; }
.quiet { fill: ${colour.quiet}; }
.grid { stroke: ${colour.grid}; }
.gap { fill: ${colour.gap}; }
.up { stroke: ${colour.quiet}; }
.current { fill: ${colour.current}; }
.previous { fill: ${colour.previous}; }
.expiry, .end { stroke: ${colour.expiry}; }
.due { fill: ${colour.due}; stroke: ${colour.due}; }`;
}
