import { ApiKeysError } from "../../base/errors";

/** Makes the error of a list that proves nothing, from what is wrong with it and what to do. */
export type Incomplete = (problem: string, advice?: string) => ApiKeysError;

const correctPagination = "Check the service definition's pagination against the vendor's page.";

/** For what a change in the middle of the list looks like as well as a wrong definition. */
export const tryAgain =
  "Keys may have been created or revoked meanwhile: run the same command again. " +
  "If that does not help, check the service definition's pagination against the vendor's page.";

/**
 * @param service the vendor's name for people
 * @param connection name of the connection
 */
export function incompleteList(service: string, connection: string): Incomplete {
  return (problem, advice = correctPagination) =>
    new ApiKeysError(
      "RESPONSE_INVALID",
      `The list of ${service} keys (connection "${connection}") ${problem}, ` +
        `so nothing can be concluded about a key that is not on it. ${advice}`,
    );
}
