import { applications as definition } from "../provider/definition/builtin/applications";
import { type KeyClass, keyClass } from "./apiKey";
import { type Lookups, lookupsOf } from "./lookups";
import type * as types from "./lookupTypes";
import type { KeyArgs } from "./types";

/**
 * Arguments of {@link ApiKey}. docs/reference.md lists them.
 *
 * @example
 * ```ts
 * import { applications } from "pulumi-apikeys";
 *
 * const args: applications.ApiKeyArgs = {
 *   applicationId: "123e4567-e89b-12d3-a456-426614174000",
 *   expiresIn: "30d",
 * };
 * new applications.ApiKey("billing", args);
 * ```
 */
export type ApiKeyArgs = KeyArgs<typeof definition>;

// Named by the definition's own type, so that editors show the comments of its fields.
const Base: KeyClass<typeof definition> = keyClass(definition, true);

/**
 * Declares an API key of one application. The API has no common address, so its connection has to give `baseUrl`. The
 * connection is `applications` unless `connection` names another.
 *
 * Failures fail the `pulumi` command, each in a sentence; docs/errors.md explains their codes.
 *
 * @example
 * ```ts
 * import { applications } from "pulumi-apikeys";
 *
 * const billing = new applications.ApiKey("billing", {
 *   applicationId: "123e4567-e89b-12d3-a456-426614174000",
 *   permissions: ["invoices:read"],
 *   expiresIn: "30d",
 *   rotation: { beforeExpiry: "7d" },
 * });
 *
 * export const key = billing.value; // a secret
 * ```
 */
export class ApiKey extends Base {}

/**
 * Arguments of {@link getApiKeys}: where to look, and filters. A key has to match all of them. Default: every key matches.
 *
 * @example
 * ```ts
 * import { applications } from "pulumi-apikeys";
 *
 * const filters: applications.GetApiKeysArgs = {
 *   applicationId: "123e4567-e89b-12d3-a456-426614174000",
 *   expiringBefore: "30d",
 * };
 * export const count = applications.getApiKeys(filters).then((keys) => keys.length);
 * ```
 */
export type GetApiKeysArgs = types.GetApiKeysArgs<typeof definition>;

/**
 * Arguments of {@link getApiKey}: those of {@link getApiKeys}, and `keyId`.
 *
 * @example
 * ```ts
 * import { applications } from "pulumi-apikeys";
 *
 * const wanted: applications.GetApiKeyArgs = {
 *   applicationId: "123e4567-e89b-12d3-a456-426614174000",
 *   name: "billing",
 * };
 * export const status = applications.getApiKey(wanted).then((key) => key.status);
 * ```
 */
export type GetApiKeyArgs = types.GetApiKeyArgs<typeof definition>;

/**
 * A key as the vendor has it now. It never includes the key's value.
 *
 * @example
 * ```ts
 * import { applications } from "pulumi-apikeys";
 *
 * const text = ({ keyId, createdAt }: applications.GetApiKeyResult) => `${keyId}, created ${createdAt}`;
 * export const found = applications.getApiKey({
 *   applicationId: "123e4567-e89b-12d3-a456-426614174000",
 *   name: "billing",
 * }).then(text);
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
 * import { applications } from "pulumi-apikeys";
 *
 * export const status = applications.getApiKey({
 *   applicationId: "123e4567-e89b-12d3-a456-426614174000",
 *   name: "billing",
 * }).then((key) => key.status);
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
 * import { applications } from "pulumi-apikeys";
 *
 * const billing = new applications.ApiKey("billing", { applicationId: "123e4567-e89b-12d3-a456-426614174000" });
 * export const createdAt = applications.getApiKeyOutput({
 *   applicationId: "123e4567-e89b-12d3-a456-426614174000",
 *   keyId: billing.keyId,
 * }).createdAt;
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
 * import { applications } from "pulumi-apikeys";
 *
 * const keys = applications.getApiKeys({
 *   applicationId: "123e4567-e89b-12d3-a456-426614174000",
 *   expiringBefore: "30d",
 * });
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
 * import { applications } from "pulumi-apikeys";
 *
 * const keys = applications.getApiKeysOutput({
 *   applicationId: "123e4567-e89b-12d3-a456-426614174000",
 *   expiringBefore: "30d",
 * });
 * export const ids = keys.apply((found) => found.map(({ keyId }) => keyId));
 * ```
 */
export const getApiKeysOutput: Lookups<typeof definition>["getApiKeysOutput"] = all.getApiKeysOutput;
