import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The documents, and what people have read in each. */
export const documents = join(__dirname, "documents");

export interface ExpectedExpiry {
  readonly request: string;
  readonly requestForm: string;
  /** JSON Pointer in the key's object. */
  readonly response?: string;
  readonly responseForm?: string;
  /** What stands for never, or words about it. */
  readonly never?: unknown;
}

export interface ExpectedPagination {
  readonly style: "cursor" | "link" | "page" | "offset";
  /** The parameter's name; words about it may follow. */
  readonly parameter: string;
  readonly first?: number;
  /** The parameter that asks for a size. */
  readonly size?: string;
  readonly totalItems?: string;
  readonly totalPages?: string;
  /** JSON Pointer, or words where the cursor is the id of the last item. */
  readonly next?: string;
  readonly hasMore?: string;
}

/** What a document says of its key resource, as a person has read it: documents/SOURCES.md explains each part. */
export interface Expected {
  readonly create: string;
  readonly list: string;
  readonly get: string | null;
  readonly update: string | readonly string[] | null;
  readonly rotate: string | null;
  readonly revoke: string;
  /** JSON Pointers in the answer to create. */
  readonly value: string;
  readonly id: string;
  readonly idType: "string" | "integer";
  /** The path variable that takes the id. */
  readonly idIn: string;
  /** The field of the request that names the key. */
  readonly name: string | null;
  /** Fields of the request to create that the document requires. */
  readonly required: readonly string[];
  readonly expiresAt: ExpectedExpiry | null;
  readonly envelope: {
    readonly request: string;
    readonly created: string;
    readonly read?: string;
    readonly list: string;
    /** Where an item of the list has the key. Default: it is the key. */
    readonly item?: string;
  };
  /** JSON Pointers in an item of the list. */
  readonly listed: {
    readonly id: string;
    readonly name?: string;
    readonly createdAt?: string;
    readonly lastUsedAt?: string;
    readonly prefix?: string;
  };
  /** The form of moments other than the expiry, where the examples mislead. */
  readonly moments?: string;
  readonly pagination: ExpectedPagination | null;
  readonly errors: { readonly message: string; readonly code?: string } | null;
}

/** Reads what is expected of a vendor's document. */
export function expectedOf(vendor: string): Expected {
  return JSON.parse(readFileSync(join(documents, `${vendor}.expected.json`), "utf8"));
}

/** The parameter's name without the words about it. */
export function parameterOf({ parameter }: ExpectedPagination): string {
  return /^[^\s,]+/.exec(parameter)?.[0] ?? parameter;
}
