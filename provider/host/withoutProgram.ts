import { ApiKeysError, HttpProblemError } from "../base/errors";
import type { Properties } from "../lifecycle";

/** Where a dynamic provider has its settings from, which the engine keeps with the stack. */
const storedConfig = "the stack config";

/**
 * What `pulumi refresh` and `destroy` ask. They run no program, so that settings and definition are those of the last `up`,
 * and a failure says so where that may be why.
 *
 * @param outputs the key's
 * @param stored what of the last `up` the settings are from; null where they are today's. Default: the stack config
 */
export async function withoutProgram<T>(
  outputs: Properties,
  call: () => Promise<T>,
  stored: string | null = storedConfig,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const hint = error instanceof ApiKeysError ? hintFor(error, outputs, stored) : undefined;
    if (!(error instanceof ApiKeysError) || hint === undefined) throw error;
    throw new ApiKeysError(error.code, `${error.message} ${hint}`);
  }
}

function hintFor(error: ApiKeysError, { definition }: Properties, stored: string | null): string | undefined {
  const isOfSettings =
    error.code === "CONFIGURATION" || (error instanceof HttpProblemError && error.status === 401);
  if (isOfSettings && stored !== null) {
    return (
      `A refresh and a destroy use ${stored} of the last \`pulumi up\`: if it has changed since, set the credentials in the ` +
      "environment, or add --run-program."
    );
  }
  const isAnswer = error.code === "HTTP_PROBLEM" || error.code === "RESPONSE_INVALID";
  if (definition === undefined || !isAnswer) return undefined;
  return "A refresh and a destroy use the definition of the last `pulumi up`: if the program has a corrected one, run a plain `pulumi up` first.";
}
