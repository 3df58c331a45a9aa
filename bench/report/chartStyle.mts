/** Colours by what they stand for. The picture brings its own page, so that it is legible wherever it is shown. */
interface Palette {
  readonly page: string;
  readonly border: string;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  readonly ours: string;
  readonly naive: string;
  readonly restapi: string;
  readonly floor: string;
}

const light: Palette = {
  page: "#ffffff",
  border: "#d1d9e0",
  text: "#1f2328",
  quiet: "#59636e",
  grid: "#d1d9e0",
  ours: "#0969da",
  naive: "#bc4c00",
  restapi: "#8250df",
  floor: "#818b98",
};

const dark: Palette = {
  page: "#0d1117",
  border: "#3d444d",
  text: "#f0f6fc",
  quiet: "#9198a1",
  grid: "#2f353d",
  ours: "#4493f8",
  naive: "#f0883e",
  restapi: "#ab7df8",
  floor: "#7d8590",
};

/** The picture's style sheet, for light and dark pages. */
export const style = `<style>
text { font: 13px -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
.heading { font-size: 15px; font-weight: 600; }
.strong { font-weight: 600; }
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
.ours { fill: ${colour.ours}; }
.naive { fill: ${colour.naive}; }
.restapi { fill: ${colour.restapi}; }
.floor { fill: ${colour.floor}; }`;
}
