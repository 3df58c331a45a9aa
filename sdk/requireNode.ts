import { RunError } from "@pulumi/pulumi";
import { nodeVersionProblem } from "../provider/base/nodeVersion";

const problem = nodeVersionProblem(process.version);
if (problem) throw new RunError(problem);
