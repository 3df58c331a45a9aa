export { type Asking, type Look, readLook } from "./arguments";
export { expiresBefore, fits, isUnusedSince, type KeyFilter } from "./filter";
export { allKeys, oneKey } from "./keys";
export { type Place, placeOf } from "./place";
export { type SeenKey, seenKey } from "./seenKey";
