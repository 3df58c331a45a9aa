import { nodeVersionProblem } from "../../base/nodeVersion";

// An older one fails deep inside a library with words that nobody can make sense of.
const problem = nodeVersionProblem(process.version);
if (problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
