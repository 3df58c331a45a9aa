import { complete } from "./complete";
import type { ServiceDefinition } from "./definition";
import { mistakesAsAWhole } from "./rules";
import { serviceSchema } from "./schema/definition";
import { type Problem, problemsOf } from "./schema/problems";
import { repaired } from "./schema/repair";
import { upgradeDefinition } from "./upgrade";

/** What stands for a missing part, so that the others can be judged. */
const placeholders = { name: "unnamed" };

/** A definition as it is used, or everything that is wrong with it. */
export type ExaminedDefinition =
  | { readonly definition: ServiceDefinition; readonly problems?: undefined }
  | { readonly definition?: undefined; readonly problems: readonly Problem[] };

/** Levels of JSON; what is deeper is no definition, and more than can be read. */
const maxDepth = 64;

/** Examines a definition of any landed version whole: every mistake in it, not only the first. */
export function examine(given: unknown): ExaminedDefinition {
  if (!isShallow(given)) return { problems: [{ path: [], message: `is deeper than ${maxDepth} levels` }] };
  const data = upgradeDefinition(given);
  const result = serviceSchema.safeParse(data, { reportInput: true });
  const structural = result.success ? [] : problemsOf(result.error.issues);
  const written = result.success ? result.data : repaired(serviceSchema, data, placeholders);
  if (!written) return { problems: structural };
  const definition = complete(written);
  const whole = mistakesAsAWhole(written, definition).filter(({ path }) => !isNear(path, structural));
  const problems = [...structural, ...whole];
  return problems.length === 0 ? { definition } : { problems };
}

function isShallow(data: unknown): boolean {
  let level = [data];
  for (let depth = 0; depth <= maxDepth; depth++) {
    level = level.flatMap((value) =>
      typeof value === "object" && value !== null ? Object.values(value) : [],
    );
    if (level.length === 0) return true;
  }
  return false;
}

/** Whether something has been said of that place, or of what it is in: it may only follow from that. */
function isNear(path: readonly PropertyKey[], problems: readonly Problem[]): boolean {
  return problems.some((problem) => {
    const shared = Math.min(path.length, problem.path.length);
    return path.slice(0, shared).every((key, index) => key === problem.path[index]);
  });
}
