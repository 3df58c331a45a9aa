import { z } from "zod";
import { ApiKeysError } from "./errors";
import { configKey, limitNames } from "./settings";

/** Numbers are judged together with those of the environment, which may replace them. */
const limit = z.unknown().optional();

const setting = z.strictObject({
  service: z.string().optional(),
  baseUrl: z.string().optional(),
  token: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  apiKey: z.string().optional(),
  attempts: limit,
  attemptTimeoutSeconds: limit,
  operationTimeoutSeconds: limit,
  concurrency: limit,
  maxRetryAfterSeconds: limit,
  listLagSeconds: limit,
});

/** One named connection as stack config has it. */
export type ConnectionSetting = z.infer<typeof setting>;

/**
 * A connection of stack config, checked.
 *
 * @throws {ApiKeysError} CONFIGURATION, one sentence with every problem by its path and no value
 */
export function parseConnectionSetting(name: string, raw: unknown): ConnectionSetting {
  const result = setting.safeParse(raw);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) =>
    issue.code === "unrecognized_keys"
      ? `${issue.keys.map((key) => `"${key}"`).join(", ")} is no setting of a connection`
      : `${issue.path.join(".") || "it"} must be ${issue.path.length > 0 ? "text" : "an object"}`,
  );
  throw new ApiKeysError(
    "CONFIGURATION",
    `The config key ${configKey}.${name} is malformed: ${problems.join("; ")}. ` +
      "A connection has service, baseUrl, and token, username and password, or apiKey; " +
      `it may have ${limitNames.join(", ")}.`,
  );
}
