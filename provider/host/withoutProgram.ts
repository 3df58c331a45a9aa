import { ApiKeysError, HttpProblemError } from "../base/errors";
import type { Properties } from "../lifecycle";

/**
 * What `pulumi refresh` and `destroy` ask. They run no program, so that config and definition are those of the last `up`,
 * and a failure says so where that may be why.
 *
 * @param outputs the key's
 */
export async function withoutProgram<T>(outputs: Properties, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const hint = error instanceof ApiKeysError ? hintFor(error, outputs) : undefined;
    if (!(error instanceof ApiKeysError) || hint === undefined) throw error;
    throw new ApiKeysError(error.code, `${error.message} ${hint}`);
  }
}

function hintFor(error: ApiKeysError, { definition }: Properties): string | undefined {
  if (error.code === "CONFIGURATION" || (error instanceof HttpProblemError && error.status === 401)) {
    return (
      "A refresh and a destroy use the stack config of the last `pulumi up`: if it has changed since, set the credentials in the " +
      "environment, or add --run-program."
    );
  }
  const isAnswer = error.code === "HTTP_PROBLEM" || error.code === "RESPONSE_INVALID";
  if (definition === undefined || !isAnswer) return undefined;
  return "A refresh and a destroy use the definition of the last `pulumi up`: if the program has a corrected one, run a plain `pulumi up` first.";
}
