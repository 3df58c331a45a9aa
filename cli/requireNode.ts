import { nodeVersionProblem } from "../provider/nodeVersion";

const problem = nodeVersionProblem(process.version);
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
