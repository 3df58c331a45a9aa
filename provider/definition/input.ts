// Made by `npm run docs` from provider/definition/schema.

export type PathTemplateInput = string;
export type AuthInput =
  | {
      readonly scheme: "bearer";
    }
  | {
      readonly scheme: "headers";
      /** Headers. Their values hold {credentials}. */
      readonly headers: HeadersInput;
      /** By name of a credential: a pattern that it must match before anything is sent, and a reason for messages. */
      readonly accepts?:
        | {
            readonly [name: string]: {
              /** Regular expression that it must match. */
              readonly pattern: PatternInput;
              /** What to tell the user. */
              readonly reason: string;
            };
          }
        | undefined;
    }
  | {
      readonly scheme: "basic";
      /** Default: {username}. */
      readonly username?: TemplateInput | undefined;
      /** Default: {password}. */
      readonly password?: TemplateInput | undefined;
    }
  | {
      readonly scheme: "query";
      /** The parameter's name. */
      readonly parameter: string;
    }
  | {
      readonly scheme: "login";
      /** The request that logs in. */
      readonly login: {
        /** Default: POST. */
        readonly method?: MethodInput | undefined;
        /** Path of the login. */
        readonly path: PathTemplateInput;
        /** Headers. Their values may hold {credentials}. */
        readonly headers?: HeadersInput | undefined;
        /** Query. Its values may hold {credentials}. */
        readonly query?: { readonly [name: string]: TemplateInput } | undefined;
        readonly encoding?: EncodingInput | undefined;
        /** Whether to send {username} and {password} by RFC 7617. */
        readonly basic?: true | undefined;
        /** Body. Its texts may hold {credentials}. */
        readonly body?: JsonInput | undefined;
      };
      /** Where to log in. A connection's authBaseUrl goes before. Default: the connection's base URL. */
      readonly baseUrl?: string | undefined;
      /** Where the response has the token. Optional if cookies are sent. */
      readonly accessToken?: LoginPlaceInput | undefined;
      /** The request that renews a session. Default: another login. */
      readonly refresh?:
        | {
            /** Default: POST. */
            readonly method?: MethodInput | undefined;
            /** Path of the renewal. */
            readonly path: PathTemplateInput;
            readonly encoding?: EncodingInput | undefined;
            /** Body. Its texts may hold {refreshToken} and {credentials}. */
            readonly body?: JsonInput | undefined;
          }
        | undefined;
      /** Where the response has the refresh token. */
      readonly refreshToken?: LoginPlaceInput | undefined;
      /** Lifetime in seconds, or where the response has it. Default: the cookies' own. */
      readonly expiresInSeconds?: number | LoginPlaceInput | undefined;
      /** What is true of a response when the session has ended. Default: status 401. */
      readonly unauthorized?: ConditionsInput | undefined;
      /** What requests carry. Default: Authorization: Bearer {accessToken}. */
      readonly send?:
        | {
            /** Headers. Their values may hold {accessToken}, {captures} and {credentials}. */
            readonly headers?: HeadersInput | undefined;
            /** Names of the login's cookies to send, or true for all. */
            readonly cookies?: true | readonly string[] | undefined;
          }
        | undefined;
      /** Variables for operations, and where the response to the login has them. */
      readonly captures?: { readonly [name: string]: LoginPlaceInput } | undefined;
      readonly evidence?: EvidenceInput | undefined;
    }
  | {
      readonly scheme: "oauth2";
      /** Path of the token endpoint. */
      readonly path: PathTemplateInput;
      /** Where to log in. A connection's authBaseUrl goes before. Default: the connection's base URL. */
      readonly baseUrl?: string | undefined;
      /** How {clientId} and {clientSecret} are sent. Default: basic. */
      readonly clientAuthentication?: "basic" | "body" | undefined;
      /** Further parameters, such as scope or audience. */
      readonly parameters?: { readonly [name: string]: TemplateInput } | undefined;
      /** Default: form. */
      readonly encoding?: EncodingInput | undefined;
      /** Default: access_token. */
      readonly accessToken?: LoginPlaceInput | undefined;
      /** Lifetime in seconds, or where the response has it. Default: the cookies' own. */
      readonly expiresInSeconds?: number | LoginPlaceInput | undefined;
      /** What is true of a response when the session has ended. Default: status 401. */
      readonly unauthorized?: ConditionsInput | undefined;
      /** What requests carry. Default: Authorization: Bearer {accessToken}. */
      readonly send?:
        | {
            /** Headers. Their values may hold {accessToken}, {captures} and {credentials}. */
            readonly headers?: HeadersInput | undefined;
            /** Names of the login's cookies to send, or true for all. */
            readonly cookies?: true | readonly string[] | undefined;
          }
        | undefined;
      /** Variables for operations, and where the response to the login has them. */
      readonly captures?: { readonly [name: string]: LoginPlaceInput } | undefined;
      readonly evidence?: EvidenceInput | undefined;
    };
export type HeaderNameInput = string;
export type TemplateInput = string;
export type HeadersInput = { readonly [name: string]: TemplateInput };
export type NameInput = string;
export type PatternInput = string;
export type MethodInput = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type EncodingInput = "json" | "form";
export type JsonInput = Schema0Input;
export type Schema0Input =
  | string
  | number
  | boolean
  | null
  | readonly Schema0Input[]
  | { readonly [name: string]: Schema0Input };
export type LoginPlaceInput =
  | MemberInput
  | {
      /** Name of a response header. */
      readonly header: HeaderNameInput;
      /** Regular expression: its first group, or all that it matches. */
      readonly part?: PatternInput | undefined;
    }
  | {
      /** Name of a cookie. */
      readonly cookie: string;
      /** Regular expression: its first group, or all that it matches. */
      readonly part?: PatternInput | undefined;
    };
export type MemberInput = string;
export type ConditionsInput = ConditionInput | readonly ConditionInput[];
export type ConditionInput = {
  /** Status, or several of which it must be one. Default for success: 2xx; for notFound: any but 401, 403, 408, 429, 5xx. */
  readonly status?: number | readonly number[] | undefined;
  /** JSON Pointer. Default: the whole. */
  readonly at?: PointerInput | undefined;
  /** Value, or several of which one must be there. */
  readonly equals?: ScalarInput | readonly ScalarInput[] | undefined;
  /** Regular expression that the text must match. */
  readonly matches?: PatternInput | undefined;
  /** Whether something other than null must be there. */
  readonly exists?: boolean | undefined;
  /** Whether a moment that has passed must be there. One to come, null and nothing have not passed, nor has what stands for never: false, zero, a year before 1971. */
  readonly passed?: boolean | undefined;
  /** Further conditions that must hold. */
  readonly all?: readonly PartInput[] | undefined;
  /** A condition that must not hold. */
  readonly not?: PartInput | undefined;
};
export type PointerInput = string;
export type ScalarInput = string | number | boolean | null;
export type PartInput = {
  /** JSON Pointer. Default: the whole. */
  readonly at?: PointerInput | undefined;
  /** Value, or several of which one must be there. */
  readonly equals?: ScalarInput | readonly ScalarInput[] | undefined;
  /** Regular expression that the text must match. */
  readonly matches?: PatternInput | undefined;
  /** Whether something other than null must be there. */
  readonly exists?: boolean | undefined;
  /** Whether a moment that has passed must be there. One to come, null and nothing have not passed, nor has what stands for never: false, zero, a year before 1971. */
  readonly passed?: boolean | undefined;
};
export type EvidenceInput = "documented" | "assumed";
export type FieldInput = {
  /** Its place in the vendor's JSON, or its place in each request and response. Default: our name. */
  readonly wire?:
    | PlaceInput
    | {
        /** Request to create. */
        readonly create?: MemberInput | undefined;
        /** Request to update. */
        readonly update?: MemberInput | undefined;
        /** Response to create. */
        readonly created?: PlaceInput | undefined;
        /** Response to rotate. */
        readonly rotated?: PlaceInput | undefined;
        /** Response to get and update. */
        readonly read?: PlaceInput | undefined;
        /** Item of the list. */
        readonly listed?: PlaceInput | undefined;
      }
    | undefined;
  /** Its type in programs. instant: RFC 3339 text; strings: list of text. Default: instant for createdAt, expiresAt and lastUsedAt; boolean for active; else string. */
  readonly type?: "string" | "integer" | "number" | "boolean" | "strings" | "instant" | "json" | undefined;
  /** Whether a program may or must set it. Default: the vendor sets it. */
  readonly input?: "required" | "optional" | undefined;
  /** Its form in JSON. utc: no zone. lifetime-…: from now. joined: one text. flags: an object of true. lists: an object of lists. Default: rfc3339, list. */
  readonly as?:
    | FormInput
    | {
        readonly request?: FormInput | undefined;
        readonly response?: FormInput | undefined;
      }
    | undefined;
  /** joined: what stands between two texts, default ",". lists: between name and item, default ":". */
  readonly separator?: string | undefined;
  /** objects: where each has the text. Default: name. */
  readonly item?: MemberInput | undefined;
  /** objects: what else each has in requests. */
  readonly constants?: { readonly [name: string]: JsonInput } | undefined;
  /** The only values: a list, or an object from ours to the vendor's. */
  readonly values?: readonly string[] | { readonly [name: string]: JsonInput } | undefined;
  /** expiresAt: the only lifetimes, such as 30d: a list, or an object from ours to the vendor's. */
  readonly lifetimes?: readonly string[] | { readonly [name: string]: JsonInput } | undefined;
  /** instant: from when a lifetime-… in responses counts. Default: such a lifetime is not read. */
  readonly countsFrom?: "createdAt" | undefined;
  /** instant: what stands for never. Default: nothing is sent. */
  readonly never?: JsonInput | undefined;
  /** Whether a number is sent as text. */
  readonly quoted?: boolean | undefined;
  /** boolean: true if this is true of the key's object. */
  readonly when?: PartConditionInput | undefined;
  /** strings: whether order and repetitions mean nothing. */
  readonly set?: boolean | undefined;
  /** strings: whether the vendor adds some, which is no drift. */
  readonly expands?: boolean | undefined;
  /** Whether it is a secret in state. */
  readonly secret?: boolean | undefined;
  /** Whether responses mask or omit it. */
  readonly writeOnly?: boolean | undefined;
  /** Whether it changes by itself, and so is not in state. Default: true for lastUsedAt and lastUsedFrom only. */
  readonly volatile?: boolean | undefined;
  /** Form of each text. */
  readonly format?: "uuid" | "ip-range" | undefined;
  /** Least number. */
  readonly minimum?: number | undefined;
  /** Greatest number. */
  readonly maximum?: number | undefined;
  /** Most characters. */
  readonly maxLength?: number | undefined;
  /** What it means, for readers of the definition. */
  readonly description?: string | undefined;
  readonly evidence?: EvidenceInput | undefined;
};
export type PlaceInput =
  | MemberInput
  | {
      /** Name or JSON Pointer in the key's own object. */
      readonly at: MemberInput;
      /** Regular expression: its first group, or all that it matches. */
      readonly part?: PatternInput | undefined;
    }
  | {
      /** JSON Pointer in the whole body. */
      readonly body: PointerInput;
      /** Regular expression: its first group, or all that it matches. */
      readonly part?: PatternInput | undefined;
    }
  | {
      /** Name of a response header. */
      readonly header: HeaderNameInput;
      /** Regular expression: its first group, or all that it matches. */
      readonly part?: PatternInput | undefined;
    }
  | {
      /** Another field, such as value. */
      readonly field: string;
      /** Regular expression: its first group, or all that it matches. */
      readonly part?: PatternInput | undefined;
      /** Whether a SHA-256 digest stands for it, for keys without an id. */
      readonly digest?: boolean | undefined;
    };
export type FormInput =
  | "rfc3339"
  | "utc"
  | "date"
  | "epoch-seconds"
  | "epoch-milliseconds"
  | "lifetime-seconds"
  | "lifetime-minutes"
  | "lifetime-hours"
  | "lifetime-days"
  | "lifetime-milliseconds"
  | "list"
  | "joined"
  | "flags"
  | "lists"
  | "objects";
export type PartConditionInput = {
  /** JSON Pointer. Default: the whole. */
  readonly at?: PointerInput | undefined;
  /** Value, or several of which one must be there. */
  readonly equals?: ScalarInput | readonly ScalarInput[] | undefined;
  /** Regular expression that the text must match. */
  readonly matches?: PatternInput | undefined;
  /** Whether something other than null must be there. */
  readonly exists?: boolean | undefined;
  /** Whether a moment that has passed must be there. One to come, null and nothing have not passed, nor has what stands for never: false, zero, a year before 1971. */
  readonly passed?: boolean | undefined;
  /** Further conditions that must hold. */
  readonly all?: readonly PartInput[] | undefined;
  /** A condition that must not hold. */
  readonly not?: PartInput | undefined;
};
export type OperationsInput = {
  /** Creates a key. Never repeated, unless it provably had no effect. */
  readonly create?: CreateInput | undefined;
  /** Reads the value of a new key, if the response to create lacks it. */
  readonly reveal?: RevealInput | undefined;
  /** Lists the keys. null: there is no list. */
  readonly list?: ListInput | null | undefined;
  /** Reads one key. */
  readonly get?: GetInput | null | undefined;
  /** Changes fields in place. Default: a change makes another key. */
  readonly update?: UpdateInput | readonly UpdateInput[] | undefined;
  /** Gives a key another value. Default: another key replaces it. */
  readonly rotate?:
    | {
        /** Default: the usual one. */
        readonly method?: MethodInput | undefined;
        /** Path, which may hold {variables}. Default: see `path` of the definition. */
        readonly path?: PathTemplateInput | undefined;
        /** Query. Its values may hold {variables}. */
        readonly query?: { readonly [name: string]: TemplateInput } | undefined;
        /** JSON beside the key's fields. Its texts may hold {variables}. A text that is one variable becomes its value, and is left out if there is none. */
        readonly body?: JsonInput | undefined;
        /** Headers. Their values may hold {variables}. */
        readonly headers?: HeadersInput | undefined;
        readonly encoding?: EncodingInput | undefined;
        /** Where a request's body has the key's fields. Default: they are the body. */
        readonly bodyEnvelope?: PointerInput | undefined;
        /** Where a response has the key, or the list of keys. Default: the whole body. */
        readonly envelope?: PointerInput | undefined;
        /** What is true of a success. Default: status 2xx. */
        readonly success?: ConditionsInput | undefined;
        /** What is true of a response that says: there is no such key. Default: status 404 and one of the `errors`. */
        readonly notFound?: ConditionsInput | undefined;
        readonly evidence?: EvidenceInput | undefined;
        /** Whether to read the key afterwards, because the response leaves something out or a success proves nothing. */
        readonly verify?: boolean | undefined;
      }
    | undefined;
  /** Revokes a key. */
  readonly revoke?: RevokeInput | undefined;
  /** Deletes a revoked key, if that takes another request. */
  readonly remove?: OperationInput | undefined;
};
export type CreateInput = {
  /** Default: the usual one. */
  readonly method?: MethodInput | undefined;
  /** Path, which may hold {variables}. Default: see `path` of the definition. */
  readonly path?: PathTemplateInput | undefined;
  /** Query. Its values may hold {variables}. */
  readonly query?: { readonly [name: string]: TemplateInput } | undefined;
  /** JSON beside the key's fields. Its texts may hold {variables}. A text that is one variable becomes its value, and is left out if there is none. */
  readonly body?: JsonInput | undefined;
  /** Headers. Their values may hold {variables}. */
  readonly headers?: HeadersInput | undefined;
  readonly encoding?: EncodingInput | undefined;
  /** Where a request's body has the key's fields. Default: they are the body. */
  readonly bodyEnvelope?: PointerInput | undefined;
  /** Where a response has the key, or the list of keys. Default: the whole body. */
  readonly envelope?: PointerInput | undefined;
  /** What is true of a success. Default: status 2xx. */
  readonly success?: ConditionsInput | undefined;
  /** What is true of a response that says: there is no such key. Default: status 404 and one of the `errors`. */
  readonly notFound?: ConditionsInput | undefined;
  readonly evidence?: EvidenceInput | undefined;
  /** How to find the id that the response lacks in the list: by its name, or as the only new one. */
  readonly identify?: "name" | "new" | undefined;
  /** Whether to read the key afterwards, because the response leaves something out or a success proves nothing. */
  readonly verify?: boolean | undefined;
};
export type RevealInput = {
  /** Default: the usual one. */
  readonly method?: MethodInput | undefined;
  /** Path, which may hold {variables}. Default: see `path` of the definition. */
  readonly path?: PathTemplateInput | undefined;
  /** Query. Its values may hold {variables}. */
  readonly query?: { readonly [name: string]: TemplateInput } | undefined;
  /** JSON beside the key's fields. Its texts may hold {variables}. A text that is one variable becomes its value, and is left out if there is none. */
  readonly body?: JsonInput | undefined;
  /** Headers. Their values may hold {variables}. */
  readonly headers?: HeadersInput | undefined;
  readonly encoding?: EncodingInput | undefined;
  /** Where a request's body has the key's fields. Default: they are the body. */
  readonly bodyEnvelope?: PointerInput | undefined;
  /** Where a response has the key, or the list of keys. Default: the whole body. */
  readonly envelope?: PointerInput | undefined;
  /** What is true of a success. Default: status 2xx. */
  readonly success?: ConditionsInput | undefined;
  /** What is true of a response that says: there is no such key. Default: status 404 and one of the `errors`. */
  readonly notFound?: ConditionsInput | undefined;
  readonly evidence?: EvidenceInput | undefined;
  /** What is true of its response once the value is there. Until then it is sent again, for a minute at most. The key's id is then read from this response, as from one to get. Default: it is there at once. */
  readonly until?: ConditionsInput | undefined;
};
export type ListInput = {
  /** Default: the usual one. */
  readonly method?: MethodInput | undefined;
  /** Path, which may hold {variables}. Default: see `path` of the definition. */
  readonly path?: PathTemplateInput | undefined;
  /** Query. Its values may hold {variables}. */
  readonly query?: { readonly [name: string]: TemplateInput } | undefined;
  /** JSON beside the key's fields. Its texts may hold {variables}. A text that is one variable becomes its value, and is left out if there is none. */
  readonly body?: JsonInput | undefined;
  /** Headers. Their values may hold {variables}. */
  readonly headers?: HeadersInput | undefined;
  readonly encoding?: EncodingInput | undefined;
  /** Where a request's body has the key's fields. Default: they are the body. */
  readonly bodyEnvelope?: PointerInput | undefined;
  /** JSON Pointer to the array or object of keys. The segment * stands for each of an array or object. Default: the definition's. */
  readonly envelope?: string | undefined;
  /** What is true of a success. Default: status 2xx. */
  readonly success?: ConditionsInput | undefined;
  /** What is true of a response that says: there is no such key. Default: status 404 and one of the `errors`. */
  readonly notFound?: ConditionsInput | undefined;
  readonly evidence?: EvidenceInput | undefined;
  /** For keys that are properties of an object, texts or numbers: where, in an object for each, its property's name (key) and its own text or number (value) go. */
  readonly entries?:
    | {
        /** Where the property's name goes. */
        readonly key?: MemberInput | undefined;
        /** Where the text or number goes. */
        readonly value?: MemberInput | undefined;
      }
    | undefined;
  /** What is true of items that are keys. Others are ignored. */
  readonly only?: PartConditionInput | undefined;
  /** How it comes in pages. Default: in one. */
  readonly pagination?: PaginationInput | undefined;
  /** What the list leaves out. partial: it may lack live keys, so it proves none gone. { cap: 100 }: it shows at most 100, so a full list proves none gone. uncounted: its totals and page signs are wrong. Default: nothing. */
  readonly completeness?:
    | "partial"
    | "uncounted"
    | {
        /** Number of keys. */
        readonly cap: number;
      }
    | readonly (
        | "partial"
        | "uncounted"
        | {
            /** Number of keys. */
            readonly cap: number;
          }
      )[]
    | undefined;
};
export type PaginationInput =
  | {
      readonly style: "cursor";
      /** Where the parameters go in the request. */
      readonly in?: "query" | "body" | undefined;
      /** Parameter for the cursor. */
      readonly parameter: string;
      /** Where responses have the next cursor. null, empty or missing: the page is the last. */
      readonly next: PointerInput;
      /** Where responses say, true or false, whether there are more pages. */
      readonly hasMore?: PointerInput | undefined;
    }
  | {
      readonly style: "page";
      /** Parameter for the page's number. */
      readonly parameter: string;
      /** Number of the first page. Default: 1. */
      readonly first?: number | undefined;
      /** Where the parameters go in the request. */
      readonly in?: "query" | "body" | undefined;
      /** Parameter that asks for pages of `size`. Default: none. */
      readonly sizeParameter?: string | undefined;
      /** Keys on every page but the last; never more than the vendor allows. Default: only an empty page is the last. */
      readonly size?: number | undefined;
      /** Where responses have the number of keys on all pages. */
      readonly totalItems?: PointerInput | undefined;
      /** Where responses have the number of pages. */
      readonly totalPages?: PointerInput | undefined;
      /** Where responses say, true or false, whether there are more pages. */
      readonly hasMore?: PointerInput | undefined;
    }
  | {
      readonly style: "offset";
      /** Parameter for the number of keys before the page. */
      readonly parameter: string;
      /** Number of the first key. Default: 0. */
      readonly first?: number | undefined;
      /** Where the parameters go in the request. */
      readonly in?: "query" | "body" | undefined;
      /** Parameter that asks for pages of `size`. Default: none. */
      readonly sizeParameter?: string | undefined;
      /** Keys on every page but the last; never more than the vendor allows. Default: only an empty page is the last. */
      readonly size?: number | undefined;
      /** Where responses have the number of keys on all pages. */
      readonly totalItems?: PointerInput | undefined;
      /** Where responses have the number of pages. */
      readonly totalPages?: PointerInput | undefined;
      /** Where responses say, true or false, whether there are more pages. */
      readonly hasMore?: PointerInput | undefined;
    }
  | {
      readonly style: "link";
      /** Where responses have the next page's address. Default: in the Link header (RFC 8288). */
      readonly next?: PointerInput | undefined;
    };
export type GetInput = {
  /** Default: the usual one. */
  readonly method?: MethodInput | undefined;
  /** Path, which may hold {variables}. Default: see `path` of the definition. */
  readonly path?: PathTemplateInput | undefined;
  /** Query. Its values may hold {variables}. */
  readonly query?: { readonly [name: string]: TemplateInput } | undefined;
  /** JSON beside the key's fields. Its texts may hold {variables}. A text that is one variable becomes its value, and is left out if there is none. */
  readonly body?: JsonInput | undefined;
  /** Headers. Their values may hold {variables}. */
  readonly headers?: HeadersInput | undefined;
  readonly encoding?: EncodingInput | undefined;
  /** Where a request's body has the key's fields. Default: they are the body. */
  readonly bodyEnvelope?: PointerInput | undefined;
  /** Where a response has the key, or the list of keys. Default: the whole body. */
  readonly envelope?: PointerInput | undefined;
  /** What is true of a success. Default: status 2xx. */
  readonly success?: ConditionsInput | undefined;
  /** What is true of a response that says: there is no such key. Default: status 404 and one of the `errors`. */
  readonly notFound?: ConditionsInput | undefined;
  readonly evidence?: EvidenceInput | undefined;
  /** partial: it finds no key for some live ones, too. */
  readonly completeness?: "partial" | undefined;
};
export type UpdateInput = {
  /** Default: the usual one. */
  readonly method?: MethodInput | undefined;
  /** Path, which may hold {variables}. Default: see `path` of the definition. */
  readonly path?: PathTemplateInput | undefined;
  /** Query. Its values may hold {variables}. */
  readonly query?: { readonly [name: string]: TemplateInput } | undefined;
  /** JSON beside the key's fields. Its texts may hold {variables}. A text that is one variable becomes its value, and is left out if there is none. */
  readonly body?: JsonInput | undefined;
  /** Headers. Their values may hold {variables}. */
  readonly headers?: HeadersInput | undefined;
  readonly encoding?: EncodingInput | undefined;
  /** Where a request's body has the key's fields. Default: they are the body. */
  readonly bodyEnvelope?: PointerInput | undefined;
  /** Where a response has the key, or the list of keys. Default: the whole body. */
  readonly envelope?: PointerInput | undefined;
  /** What is true of a success. Default: status 2xx. */
  readonly success?: ConditionsInput | undefined;
  /** What is true of a response that says: there is no such key. Default: status 404 and one of the `errors`. */
  readonly notFound?: ConditionsInput | undefined;
  readonly evidence?: EvidenceInput | undefined;
  /** Fields that it changes. Default: all `input` fields that no other update has. */
  readonly fields?: readonly NameInput[] | undefined;
  /** Which of them it sends; changed: null for one that the program has no more. Default: changed for PATCH, else all. */
  readonly sends?: "changed" | "all" | undefined;
  /** Whether to read the key afterwards, because the response leaves something out or a success proves nothing. */
  readonly verify?: boolean | undefined;
};
export type RevokeInput = {
  /** Default: the usual one. */
  readonly method?: MethodInput | undefined;
  /** Path, which may hold {variables}. Default: see `path` of the definition. */
  readonly path?: PathTemplateInput | undefined;
  /** Query. Its values may hold {variables}. */
  readonly query?: { readonly [name: string]: TemplateInput } | undefined;
  /** JSON beside the key's fields. Its texts may hold {variables}. A text that is one variable becomes its value, and is left out if there is none. */
  readonly body?: JsonInput | undefined;
  /** Headers. Their values may hold {variables}. */
  readonly headers?: HeadersInput | undefined;
  readonly encoding?: EncodingInput | undefined;
  /** Where a request's body has the key's fields. Default: they are the body. */
  readonly bodyEnvelope?: PointerInput | undefined;
  /** Where a response has the key, or the list of keys. Default: the whole body. */
  readonly envelope?: PointerInput | undefined;
  /** What is true of a success. Default: status 2xx. */
  readonly success?: ConditionsInput | undefined;
  /** What is true of a response that says: there is no such key. Default: status 404 and one of the `errors`. */
  readonly notFound?: ConditionsInput | undefined;
  readonly evidence?: EvidenceInput | undefined;
  /** Whether to read the key afterwards, because the response leaves something out or a success proves nothing. */
  readonly verify?: boolean | undefined;
};
export type OperationInput = {
  /** Default: the usual one. */
  readonly method?: MethodInput | undefined;
  /** Path, which may hold {variables}. Default: see `path` of the definition. */
  readonly path?: PathTemplateInput | undefined;
  /** Query. Its values may hold {variables}. */
  readonly query?: { readonly [name: string]: TemplateInput } | undefined;
  /** JSON beside the key's fields. Its texts may hold {variables}. A text that is one variable becomes its value, and is left out if there is none. */
  readonly body?: JsonInput | undefined;
  /** Headers. Their values may hold {variables}. */
  readonly headers?: HeadersInput | undefined;
  readonly encoding?: EncodingInput | undefined;
  /** Where a request's body has the key's fields. Default: they are the body. */
  readonly bodyEnvelope?: PointerInput | undefined;
  /** Where a response has the key, or the list of keys. Default: the whole body. */
  readonly envelope?: PointerInput | undefined;
  /** What is true of a success. Default: status 2xx. */
  readonly success?: ConditionsInput | undefined;
  /** What is true of a response that says: there is no such key. Default: status 404 and one of the `errors`. */
  readonly notFound?: ConditionsInput | undefined;
  readonly evidence?: EvidenceInput | undefined;
};
/** One vendor's key API as a program or a file gives it; what has a default may be left out. */
export interface ServiceDefinitionInput {
  /** JSON Schema of definitions, for editors. */
  readonly $schema?: string | undefined;
  /** Name in programs, state and messages. */
  readonly name: string;
  /** The vendor's name in messages. Default: the name. */
  readonly title?: string | undefined;
  /** The vendor's page. */
  readonly docs?: string | undefined;
  /** Where requests go, unless the connection says otherwise. */
  readonly baseUrl?: string | undefined;
  /** Path of the keys. POST creates, GET lists, and DELETE of {path}/{keyId} revokes. */
  readonly path?: PathTemplateInput | undefined;
  /** A collection has any number of keys for the same path parameters, a singleton at most one. Default: collection. */
  readonly kind?: "collection" | "singleton" | undefined;
  /** How requests authenticate. The connection's credentials choose among several. Default: bearer. */
  readonly auth?: AuthInput | readonly AuthInput[] | undefined;
  /** Path variables besides keyId. Each is a required argument; another value means another key. */
  readonly pathParameters?:
    | {
        readonly [name: string]: {
          /** Form of the text. */
          readonly format?: "uuid" | undefined;
          /** Its type in a JSON body. Default: string. */
          readonly type?: "string" | "integer" | undefined;
          /** What it means, for readers of the definition. */
          readonly description?: string | undefined;
        };
      }
    | undefined;
  /** The key's fields under our names. Default: id, name (optional) and value (the one-time secret). These have a meaning too: prefix, createdAt, expiresAt, lastUsedAt, lastUsedFrom (where from, such as an address), active. */
  readonly fields?: { readonly [name: string]: MemberInput | FieldInput | null } | undefined;
  /** Headers. Their values may hold {variables}. */
  readonly headers?: HeadersInput | undefined;
  readonly encoding?: EncodingInput | undefined;
  /** Where a request's body has the key's fields. Default: they are the body. */
  readonly bodyEnvelope?: PointerInput | undefined;
  /** Where a response has the key, or the list of keys. Default: the whole body. */
  readonly envelope?: PointerInput | undefined;
  /** What is true of a success. Default: status 2xx. */
  readonly success?: ConditionsInput | undefined;
  /** What is true of a response that says: there is no such key. Default: status 404 and one of the `errors`. */
  readonly notFound?: ConditionsInput | undefined;
  /** What the vendor offers. Default: see `path`. */
  readonly operations?: OperationsInput | undefined;
  /** Shapes of the vendor's errors. A 404 of another shape proves nothing. Default: the usual shapes. */
  readonly errors?:
    | readonly {
        /** Where the error's text is. Another body is not of this shape. */
        readonly message: PointerInput;
        /** Where the vendor's code is. A number from 400 to 599 must equal the status. */
        readonly code?: PointerInput | undefined;
        /** Where errors of single fields are: the list, and in each item the field's name and the text. */
        readonly details?:
          | {
              readonly items: PointerInput;
              readonly field: PointerInput;
              readonly message: PointerInput;
            }
          | undefined;
        /** Texts of the vendor's router or proxy, which say nothing about a key. */
        readonly notAboutKeys?: readonly string[] | undefined;
        readonly evidence?: EvidenceInput | undefined;
      }[]
    | undefined;
  /** What a status means at this vendor, for messages. */
  readonly statusHints?: { readonly [name: string]: string } | undefined;
  /** How the provider knows whose keys it sees. */
  readonly tenant?:
    | {
        /** The field that says whose a key is. */
        readonly field: NameInput;
        /** A request that says whose the credentials are, for an empty list. */
        readonly whoami?:
          | {
              /** Path, which may hold variables that a login captures. Sent with GET. */
              readonly path: PathTemplateInput;
              /** Headers beside the definition's. Their values may hold variables that a login captures. */
              readonly headers?: HeadersInput | undefined;
              /** Where the response has the tenant. */
              readonly tenant: PointerInput;
              readonly evidence?: EvidenceInput | undefined;
            }
          | undefined;
      }
    | undefined;
  /** Whether the vendor refuses a second key of the same name. true: the old key is revoked first. "suffix": a renewed key is called name-2. Default: false. */
  readonly uniqueNames?: boolean | "suffix" | undefined;
  /** Whether another key may get the id of a deleted one. Its age is then checked before it is revoked. */
  readonly reusesIds?: boolean | undefined;
}
