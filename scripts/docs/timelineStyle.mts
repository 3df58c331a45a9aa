import { styleSheet } from "../pictures/styleSheet.mts";

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
.strong { font-weight: 600; }
.middle { text-anchor: middle; }
.up { stroke-width: 1.5; }
.end, .due line { stroke-width: 2; }
.expiry { fill: none; stroke-dasharray: 3 3; }`;

/** The picture's style sheet, for light and dark pages. */
export const style = styleSheet(shapes, { light, dark }, ({ quiet, gap, current, previous, expiry, due }) => {
  return `.gap { fill: ${gap}; }
.up { stroke: ${quiet}; }
.current { fill: ${current}; }
.previous { fill: ${previous}; }
.expiry, .end { stroke: ${expiry}; }
.due { fill: ${due}; stroke: ${due}; }`;
});
