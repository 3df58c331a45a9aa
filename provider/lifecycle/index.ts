export { type Checked, check } from "./check";
export type { World } from "./context";
export { create } from "./create";
export type { Creation } from "./creation";
export { diff, type Plan } from "./diff";
export type { Properties } from "./properties";
export { type Reading, read } from "./read";
export { remove } from "./remove";
export { update } from "./update";
