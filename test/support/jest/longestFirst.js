const Sequencer = require("@jest/test-sequencer").default;

/** What takes longest, as measured on two cores; then whatever else starts the CLI or the compiler. */
const order = [
  "reliability/interruption.engine.",
  "lifecycle/options.engine.",
  "reliability/backend.engine.",
  "sdk/package.engine.",
  "sdk/declarations.types.",
  "model/promises.unit.",
  "sdk/program.engine.",
  "scripts/start.engine.",
  "redaction/leaks.engine.",
  "rotation/rotation.engine.",
  "redaction/redactor.engine.",
  "cli/recover.engine.",
  "model/traces.engine.",
  "rotation/schedule.engine.",
  "scripts/bench.engine.",
  "rotation/overlapOptions.engine.",
  "examples/nights.engine.",
  "reliability/credentials.engine.",
  ".engine.",
  ".browser.",
  ".types.",
];

/** What runs on programs that are built beside the first tests of a machine: it goes with what starts no CLI. */
const built = "/test/languages/";

/**
 * Begins with the long files, so that none of them runs on alone when all others have ended. Where nothing has been
 * measured yet, as in CI, Jest would begin with the files that have the most text.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path: file }) => {
      const at = order.findIndex((part) => file.includes(part));
      return at < 0 || file.includes(built) ? order.length : at;
    };
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
};
