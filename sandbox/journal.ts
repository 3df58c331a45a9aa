import { matches, type RequestFilter } from "./requestFilter";
import type { VendorName } from "./vendorName";

/** A request without its headers and body, so that a journal can be printed. */
export interface JournalEntry {
  /** `null` for a path that belongs to no vendor. */
  readonly vendor: VendorName | null;
  readonly method: string;
  /** As sent, with the query. */
  readonly path: string;
  /** `null` while there is no response; it stays so after a reset or a hang. */
  readonly status: number | null;
  /** Bytes of the response body that were sent; 0 while there is no response. */
  readonly bytes: number;
  /** Arrival, in epoch milliseconds of the sandbox's clock. */
  readonly at: number;
}

export interface Journal {
  /** In order of arrival. */
  entries(): JournalEntry[];
  clear(): void;
  count(filter?: RequestFilter): number;
}

export type OpenEntry = { -readonly [Field in keyof JournalEntry]: JournalEntry[Field] };

export class RequestJournal implements Journal {
  #entries: OpenEntry[] = [];

  /** Written at arrival, so that a request without a response is counted too. */
  open(arrival: Omit<JournalEntry, "status" | "bytes">): OpenEntry {
    const entry: OpenEntry = { ...arrival, status: null, bytes: 0 };
    this.#entries.push(entry);
    return entry;
  }

  entries(): JournalEntry[] {
    return this.#entries.map((entry) => ({ ...entry }));
  }

  clear(): void {
    this.#entries = [];
  }

  count(filter: RequestFilter = {}): number {
    return this.#entries.filter((entry) => matches(entry, filter)).length;
  }
}
