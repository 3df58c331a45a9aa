import { styleSheet } from "../../scripts/pictures/styleSheet.mts";

const light = { ours: "#0969da", naive: "#bc4c00", restapi: "#8250df", floor: "#818b98" };
const dark: typeof light = { ours: "#4493f8", naive: "#f0883e", restapi: "#ab7df8", floor: "#7d8590" };

const shapes = `.heading { font-size: 15px; font-weight: 600; }
.strong { font-weight: 600; }`;

/** The picture's style sheet, for light and dark pages. */
export const style = styleSheet(shapes, { light, dark }, ({ ours, naive, restapi, floor }) => {
  return `.ours { fill: ${ours}; }
.naive { fill: ${naive}; }
.restapi { fill: ${restapi}; }
.floor { fill: ${floor}; }`;
});
