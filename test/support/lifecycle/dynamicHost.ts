import type { ConfigureRequest } from "@pulumi/pulumi/dynamic";
import * as provider from "../../../provider";

/** Begins an engine operation whose stack config has this connection to Xentree. */
export async function configure(xentree: object): Promise<void> {
  const connections = JSON.stringify({ xentree });
  await provider.configure({
    config: { get: (key: string) => (key === "apikeys:connections" ? connections : undefined) },
  } as unknown as ConfigureRequest);
}

/** What an attempt ends with, as the SDK gets it. */
export async function failure(attempt: Promise<unknown>): Promise<Error> {
  return attempt.then(
    () => {
      throw new Error("It did not fail.");
    },
    (error) => error,
  );
}
