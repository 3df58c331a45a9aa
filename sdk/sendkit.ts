import { sendkit as definition } from "../provider/definition/builtin/sendkit";
import { type KeyClass, keyClass } from "./apiKey";
import { type Lookups, lookupsOf } from "./lookups";
import type * as types from "./lookupTypes";
import type { KeyArgs } from "./types";

/**
 * Arguments of {@link ApiKey}. docs/reference.md lists them.
 *
 * @example
 * ```ts
 * import { sendkit } from "pulumi-apikeys";
 *
 * const args: sendkit.ApiKeyArgs = {
 *   workspaceId: "ws_production",
 *   rotation: { every: "90d" },
 * };
 * new sendkit.ApiKey("mailer", args);
 * ```
 */
export type ApiKeyArgs = KeyArgs<typeof definition>;

// Named by the definition's own type, so that editors show the comments of its fields.
const Base: KeyClass<typeof definition> = keyClass(definition, true);

/**
 * Declares the API key of a SendKit workspace (https://api.sendkit.ai). A workspace has room for one key, so a renewal
 * revokes the old key before it creates the new one, and `rotation.overlap` is refused. Its connection is `sendkit` unless
 * `connection` names another.
 *
 * Failures fail the `pulumi` command, each in a sentence; docs/errors.md explains their codes.
 *
 * @example
 * ```ts
 * import { sendkit } from "pulumi-apikeys";
 *
 * const mailer = new sendkit.ApiKey("mailer", {
 *   workspaceId: "ws_production",
 *   rotation: { triggers: { incident: "none" } },
 * });
 *
 * export const key = mailer.value; // a secret
 * ```
 */
export class ApiKey extends Base {}

/**
 * Arguments of {@link getApiKeys}: where to look, and filters. A key has to match all of them. Default: every key matches.
 *
 * @example
 * ```ts
 * import { sendkit } from "pulumi-apikeys";
 *
 * const filters: sendkit.GetApiKeysArgs = { workspaceId: "ws_production" };
 * export const count = sendkit.getApiKeys(filters).then((keys) => keys.length);
 * ```
 */
export type GetApiKeysArgs = types.GetApiKeysArgs<typeof definition>;

/**
 * Arguments of {@link getApiKey}: those of {@link getApiKeys}, and `keyId`.
 *
 * @example
 * ```ts
 * import { sendkit } from "pulumi-apikeys";
 *
 * const wanted: sendkit.GetApiKeyArgs = { workspaceId: "ws_production" };
 * export const status = sendkit.getApiKey(wanted).then((key) => key.status);
 * ```
 */
export type GetApiKeyArgs = types.GetApiKeyArgs<typeof definition>;

/**
 * A key as the vendor has it now. It never includes the key's value.
 *
 * @example
 * ```ts
 * import { sendkit } from "pulumi-apikeys";
 *
 * const text = ({ keyId, createdAt }: sendkit.GetApiKeyResult) => `${keyId}, created ${createdAt}`;
 * export const found = sendkit.getApiKey({ workspaceId: "ws_production" }).then(text);
 * ```
 */
export type GetApiKeyResult = types.GetApiKeyResult<typeof definition>;

const all: Lookups<typeof definition> = lookupsOf(definition, true);

/**
 * Reads the one key that matches, whether Pulumi manages it or not. Each run of the program sends a request, previews
 * included.
 *
 * @throws {RunError} in a sentence. The codes behind it: CONFIGURATION when the connection cannot be used; INVALID_INPUT when
 *   the service has no such filter or no list; HTTP_PROBLEM, NOT_SENT or RESPONSE_INVALID when the vendor gives no answer
 *   that can be relied on; KEY_CONFLICT when no key matches, or several do
 * @example
 * ```ts
 * import { sendkit } from "pulumi-apikeys";
 *
 * export const status = sendkit.getApiKey({ workspaceId: "ws_production" }).then((key) => key.status);
 * ```
 */
export const getApiKey: Lookups<typeof definition>["getApiKey"] = all.getApiKey;

/**
 * Does the same with arguments that may be outputs. In a preview the result is unknown as long as an argument is.
 *
 * @throws {RunError} in a sentence. The codes behind it: CONFIGURATION when the connection cannot be used; INVALID_INPUT when
 *   the service has no such filter or no list; HTTP_PROBLEM, NOT_SENT or RESPONSE_INVALID when the vendor gives no answer
 *   that can be relied on; KEY_CONFLICT when no key matches, or several do
 * @example
 * ```ts
 * import { sendkit } from "pulumi-apikeys";
 *
 * const mailer = new sendkit.ApiKey("mailer", { workspaceId: "ws_production" });
 * export const createdAt = sendkit.getApiKeyOutput({ workspaceId: "ws_production", keyId: mailer.keyId }).createdAt;
 * ```
 */
export const getApiKeyOutput: Lookups<typeof definition>["getApiKeyOutput"] = all.getApiKeyOutput;

/**
 * Reads all keys that match, whether Pulumi manages them or not. Each run of the program sends a request, previews
 * included.
 *
 * @throws {RunError} in a sentence. The codes behind it: CONFIGURATION when the connection cannot be used; INVALID_INPUT when
 *   the service has no such filter or no list; HTTP_PROBLEM, NOT_SENT or RESPONSE_INVALID when the vendor gives no answer
 *   that can be relied on
 * @example
 * ```ts
 * import { sendkit } from "pulumi-apikeys";
 *
 * const keys = sendkit.getApiKeys({ workspaceId: "ws_production" });
 * export const names = keys.then((found) => found.map(({ name }) => name));
 * ```
 */
export const getApiKeys: Lookups<typeof definition>["getApiKeys"] = all.getApiKeys;

/**
 * Does the same with arguments that may be outputs. In a preview the result is unknown as long as an argument is.
 *
 * @throws {RunError} in a sentence. The codes behind it: CONFIGURATION when the connection cannot be used; INVALID_INPUT when
 *   the service has no such filter or no list; HTTP_PROBLEM, NOT_SENT or RESPONSE_INVALID when the vendor gives no answer
 *   that can be relied on
 * @example
 * ```ts
 * import { sendkit } from "pulumi-apikeys";
 *
 * const keys = sendkit.getApiKeysOutput({ workspaceId: "ws_production" });
 * export const ids = keys.apply((found) => found.map(({ keyId }) => keyId));
 * ```
 */
export const getApiKeysOutput: Lookups<typeof definition>["getApiKeysOutput"] = all.getApiKeysOutput;
