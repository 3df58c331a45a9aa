import { nodeVersionProblem } from "../provider/base/nodeVersion";

const problem = nodeVersionProblem(process.version);
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
