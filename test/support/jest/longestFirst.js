const Sequencer = require("@jest/test-sequencer").default;

/** What takes longest where nothing has been measured yet, as in CI: the interruptions, then whatever starts the CLI. */
const order = ["reliability/interruption.engine.", "reliability/backend.engine.", ".engine.", ".types."];

/** Begins with the long files, so that none of them runs on alone when all others have ended. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path: file }) => {
      const at = order.findIndex((part) => file.includes(part));
      return at < 0 ? order.length : at;
    };
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
};
