import { nodeVersionProblem, sendingProblem } from "./base/nodeVersion";

// An older one fails deep inside a library with words that nobody can make sense of.
const problem = nodeVersionProblem(process.version) ?? sendingProblem(process.versions);
if (problem) throw Object.assign(new Error(problem), { stack: problem });
