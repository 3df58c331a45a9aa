import { xentree as definition } from "../provider/definition/builtin/xentree";
import { type KeyClass, keyClass } from "./apiKey";
import { type Lookups, looks } from "./lookups";
import type * as types from "./lookupTypes";
import type { KeyArgs } from "./types";

/** Arguments of {@link ApiKey}. */
export type ApiKeyArgs = KeyArgs<typeof definition>;

// Named by the definition's own type, so that editors show the comments of its fields.
const Base: KeyClass<typeof definition> = keyClass(definition, true);

/** Declares a Xentree admin API key. */
export class ApiKey extends Base {}

/** Arguments of {@link getApiKeys}. */
export type GetApiKeysArgs = types.GetApiKeysArgs<typeof definition>;
/** Arguments of {@link getApiKey}. */
export type GetApiKeyArgs = types.GetApiKeyArgs<typeof definition>;
/** A key as it is at the vendor now. */
export type GetApiKeyResult = types.GetApiKeyResult<typeof definition>;

const all: Lookups<typeof definition> = looks(definition, true);
export const { getApiKey, getApiKeyOutput, getApiKeys, getApiKeysOutput } = all;
