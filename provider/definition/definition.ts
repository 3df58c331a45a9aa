import type { Condition, PartCondition } from "../json/conditions";
import type { Member } from "../json/members";
import type { AuthDefinition } from "./schema/auth";
import type { FieldType, InstantForm, ListForm } from "./schema/field";
import type { Pagination } from "./schema/pagination";
import type { ResponsePlace } from "./schema/place";

export type { ServiceDefinitionInput } from "./input";
export type { AuthDefinition } from "./schema/auth";

/** Whether the vendor's published page says it, or it is what that API would most plausibly do. */
export type Evidence = "documented" | "assumed";

/** A field's form in requests and in responses. */
export type Form = InstantForm | ListForm;

/** A field of a key, with nothing left unsaid; what the parts mean, `schema/field.ts` tells. */
export interface FieldDefinition {
  readonly type: FieldType;
  readonly input?: "required" | "optional";
  readonly wire: FieldPlaces;
  readonly as?: { readonly request: Form; readonly response: Form };
  readonly separator?: string;
  readonly item?: Member;
  readonly constants?: Readonly<Record<string, unknown>>;
  /** Ours and the vendor's; the same where the definition lists texts only. */
  readonly values?: ReadonlyMap<string, unknown>;
  readonly countsFrom?: "createdAt";
  /** Lifetimes such as "30d", and what is sent for them; undefined where the form says it. */
  readonly lifetimes?: ReadonlyMap<string, unknown>;
  readonly never?: unknown;
  readonly quoted?: boolean;
  readonly when?: PartCondition;
  readonly set?: boolean;
  readonly expands?: boolean;
  readonly secret?: boolean;
  readonly writeOnly?: boolean;
  readonly volatile?: boolean;
  readonly format?: "uuid" | "ip-range";
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly evidence: Evidence;
}

/** Where a field stands in the vendor's JSON. */
export interface FieldPlaces {
  readonly create: Member;
  readonly update: Member;
  readonly created: ResponsePlace;
  readonly rotated: ResponsePlace;
  /** Undefined where it is not told: a part of a value that later responses may mask. */
  readonly read: ResponsePlace | undefined;
  readonly listed: ResponsePlace | undefined;
}

export interface PathParameterDefinition {
  readonly format?: "uuid";
  readonly type?: "string" | "integer";
}

export interface OperationDefinition {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly encoding: "json" | "form";
  readonly bodyEnvelope: string;
  readonly envelope: string;
  /** Default: the status is 2xx. */
  readonly success?: readonly Condition[];
  /** Default: status 404, and a body in one of the vendor's error shapes. */
  readonly notFound?: readonly Condition[];
  readonly evidence: Evidence;
}

export interface CreateDefinition extends OperationDefinition {
  readonly identify?: "name" | "new";
  readonly verify?: boolean;
}

export interface RevealDefinition extends OperationDefinition {
  readonly until?: readonly Condition[];
}

export interface UpdateDefinition extends OperationDefinition {
  readonly fields: readonly string[];
  readonly sends: "changed" | "all";
  readonly verify?: boolean;
}

export interface GetDefinition extends OperationDefinition {
  readonly provesAbsence: boolean;
}

export interface ListDefinition extends OperationDefinition {
  /** In it, the segment `*` stands for each. */
  readonly envelope: string;
  readonly entries?: { readonly key?: Member; readonly value?: Member };
  readonly only?: PartCondition;
  readonly pagination?: Pagination;
  /** Whether totals and signs of further pages are true. */
  readonly counted: boolean;
  /** Number of keys from which on the list may lack others. */
  readonly cap?: number;
  /** Whether a key that the list lacks is gone; a full one proves nothing in any case. */
  readonly provesAbsence: boolean;
}

export interface RevokeDefinition extends OperationDefinition {
  readonly verify?: boolean;
}

export interface Operations {
  readonly create: CreateDefinition;
  readonly reveal?: RevealDefinition;
  readonly list?: ListDefinition;
  readonly get?: GetDefinition;
  readonly update: readonly UpdateDefinition[];
  readonly rotate?: CreateDefinition;
  readonly revoke: RevokeDefinition;
  readonly remove?: OperationDefinition;
}

export interface ErrorShape {
  readonly message: string;
  readonly code?: string;
  readonly details?: { readonly items: string; readonly field: string; readonly message: string };
  /** Texts, or what they look like. */
  readonly notAboutKeys?: readonly string[] | RegExp;
  readonly evidence: Evidence;
}

/** One vendor's key API, complete with its defaults. */
export interface ServiceDefinition {
  readonly name: string;
  readonly title: string;
  readonly docs?: string;
  readonly baseUrl?: string;
  readonly kind: "collection" | "singleton";
  readonly auth: readonly AuthDefinition[];
  /** Names of the credentials that each way to authenticate takes, in the order of `auth`. */
  readonly credentials: readonly (readonly string[])[];
  readonly pathParameters: Readonly<Record<string, PathParameterDefinition>>;
  readonly fields: Readonly<Record<string, FieldDefinition>>;
  readonly operations: Operations;
  readonly errors: readonly ErrorShape[];
  readonly statusHints: Readonly<Record<string, string>>;
  readonly tenant?: {
    readonly field: string;
    readonly whoami?: {
      readonly path: string;
      readonly tenant: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly evidence: Evidence;
    };
  };
  readonly uniqueNames: boolean | "suffix";
  readonly reusesIds: boolean;
}
