import { nodeVersionProblem, sendingProblem } from "./base/nodeVersion";

// An older one fails deep inside a library with words that nobody can make sense of.
const problem = nodeVersionProblem(process.version) ?? sendingProblem(process.versions);
// The SDK prints text and stack, one behind the other.
if (problem) throw Object.assign(new Error(problem), { toString: () => "pulumi-apikeys", stack: problem });
