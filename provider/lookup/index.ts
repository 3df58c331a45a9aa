export { type Asking, type LookupArgs, readLook } from "./arguments";
export { expiresBefore, fits, isUnusedSince, type KeyFilter } from "./filter";
export { type KeyInfo, keyInfo, tells } from "./keyInfo";
export { allKeys, keysWithGap, oneKey } from "./keys";
export { type LookupPlace, placeOf } from "./place";
