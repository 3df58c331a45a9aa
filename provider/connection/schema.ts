import { z } from "zod";
import { ApiKeysError } from "../base/errors";
import { configKey } from "../base/settingNames";
import { nearestHint } from "../base/words";
import { type FileName, fileNames, limitNames, textNames } from "./names";

/** One named connection as stack config has it: numbers and credentials are judged with those of the environment. */
export type ConnectionSetting = Readonly<Partial<Record<(typeof textNames)[number] | FileName, string>>> &
  Readonly<Record<string, unknown>>;

/**
 * A connection of stack config, checked.
 *
 * @param credentials names of all credentials that it may hold
 * @param sets those of them that go together, for messages
 * @throws {ApiKeysError} CONFIGURATION, one sentence with every problem by its path and no value
 */
export function parseConnectionSetting(
  name: string,
  raw: unknown,
  credentials: readonly string[],
  sets: readonly (readonly string[])[],
): ConnectionSetting {
  const result = schemaOf(credentials).safeParse(raw);
  if (result.success) return result.data;
  const known = [...textNames, ...credentials, ...fileNames, ...limitNames];
  const problems = result.error.issues.map((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => `"${key}" is no setting of a connection${nearestHint(key, known)}`).join("; ")
      : `${issue.path.join(".") || "it"} must be ${issue.path.length > 0 ? "text" : "an object"}`,
  );
  throw new ApiKeysError(
    "CONFIGURATION",
    `The config key ${configKey}.${name} is malformed: ${problems.join("; ")}. ` +
      `A connection has service, baseUrl, and ${sets.map((set) => set.join(" and ")).join(", or ")}; ` +
      `it may have authBaseUrl, ${[...fileNames, ...limitNames].join(", ")}.`,
  );
}

type Schema = z.ZodType<ConnectionSetting>;

/** By names of credentials: zod compiles a schema when it is first used, which took half the time of each look at a key. */
const schemas = new Map<string, Schema>();

function schemaOf(credentials: readonly string[]): Schema {
  const key = credentials.join();
  const schema = schemas.get(key) ?? newSchema(credentials);
  schemas.set(key, schema);
  return schema;
}

function newSchema(credentials: readonly string[]): Schema {
  const text = z.string().optional();
  return z.strictObject({
    ...Object.fromEntries([...textNames, ...credentials, ...fileNames].map((name) => [name, text])),
    // Judged together with those of the environment, which may replace them.
    ...Object.fromEntries(limitNames.map((name) => [name, z.unknown().optional()])),
  });
}
