import path from "node:path";

/** Each command starts Node.js up to three times, which would spend a second on compiling the same libraries again. */
export const compileCache = path.resolve(__dirname, "../../node_modules/.cache/engine-tests");
