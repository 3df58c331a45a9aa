const path = require("node:path");
const Sequencer = require("@jest/test-sequencer").default;

/** What takes longest where nothing has been measured yet, as in CI: the interruptions, then whatever starts the CLI. */
const order = ["engine/interruption.test.ts", "engine/backend.test.ts", "engine/", "start/"];

/** Begins with the long files, so that none of them runs on alone when all others have ended. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path: file }) => {
      const at = order.findIndex((part) => path.relative(path.join(__dirname, ".."), file).startsWith(part));
      return at < 0 ? order.length : at;
    };
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
};
