import { nodeVersionProblem, sendingProblem } from "../provider/base/nodeVersion";

const problem = nodeVersionProblem(process.version) ?? sendingProblem(process.versions);
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
