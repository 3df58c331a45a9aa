/** Ends the run with the one plain line that CI reads: `N passed, N failed`, and `, N skipped` where a test was. */
module.exports = class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    // A suite that could not even load counts as a failure: its tests never ran.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests;
    const line = `${results.numPassedTests} passed, ${failed} failed`;
    process.stdout.write(`${line}${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
  }
};
