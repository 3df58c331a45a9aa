/** One kind of request to a store of one's own; texts may hold `{variables}`. */
export interface StoreRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path, appended to the base URL. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** JSON; names of members may hold variables as well. */
  readonly body?: unknown;
  /** Statuses that count as success. Default: 200 to 299. */
  readonly success?: readonly number[] | undefined;
  /** Statuses that say that there is nothing at the place. Default: 404. */
  readonly missing?: readonly number[] | undefined;
}

/**
 * A store as data: everything that the provider has to know of its API. Each field of a delivery is an object of its own
 * there. Variables are the members of the place, the credentials, `field`, `text`, and `base64` of the text.
 */
export interface StoreDefinition {
  /** Name of the store in programs, state and settings: lower-case letters, digits and dashes. */
  readonly name: string;
  /** What messages call it. Default: its name. */
  readonly title?: string | undefined;
  /** Where it is. Default: none, so that the settings have to say. */
  readonly baseUrl?: string | undefined;
  /** Names of its credentials. Default: `token`. */
  readonly credentials?: readonly string[] | undefined;
  /** Headers of each request, such as `{ authorization: "Bearer {token}" }`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Names of the members that say where a delivery goes. */
  readonly place: readonly string[];
  /** Writes one field; sending it twice has to do no harm. */
  readonly write: StoreRequest;
  /** Reads one field. Default: what was written cannot be read back. */
  readonly read?: (StoreRequest & { /** JSON Pointer to the text. */ readonly text: string }) | undefined;
  /** Tells a version of one field without its text. Default: none. */
  readonly version?: (StoreRequest & { /** JSON Pointer to the version. */ readonly at: string }) | undefined;
  /** Removes one field. Default: it stays there. */
  readonly remove?: StoreRequest | undefined;
  /** Fails where the store cannot be written, also with 404. Default: `version`, else `read`, which may find nothing. */
  readonly probe?: StoreRequest | undefined;
}
