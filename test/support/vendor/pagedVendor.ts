import type http from "node:http";
import type { ServiceDefinition, ServiceDefinitionInput } from "../../../provider/definition/definition";
import { json, type Received, serve } from "../http/loopback";
import { acme, parse } from "./definitions";
import { type Dialect, type PaginationInput, pageSize } from "./dialects";

interface Key {
  readonly id: string;
  readonly name: string;
}

/** Answers a request in the vendor's stead. */
export type Fault = (response: http.ServerResponse) => unknown;

const path = "/v1/keys";
const noSuchKey = { message: "There is no such key." };

/** A vendor on loopback whose list comes in pages. */
export class PagedVendor {
  keys: Key[] = [];
  /** Number of the page, counted from 1 through all lists, and what is done instead of answering it. */
  readonly faults = new Map<number, Fault>();
  /** Faults that the client's own attempts do not outlast. */
  lasting = true;
  /** Something that happens at the vendor before it answers with this page, counted from 1 through all lists. */
  beforePage: (page: number) => void = () => {};
  /** What becomes of the answer to the next create, once the key exists. */
  createFault: Fault | undefined;
  /** What a response says about pages, in place of what the dialect says. */
  tell: Dialect["tell"];
  /** The keys of a page, where they are not the next few. */
  slice = (start: number): readonly Key[] => this.keys.slice(start, start + pageSize);
  /** The number of keys on all pages, as the vendor reports it. */
  total = (): number => this.keys.length;
  #received: readonly Received[] = [];
  #url = "";
  #pages = 0;
  #serial = 0;

  private constructor(private readonly dialect: Dialect) {
    this.tell = (place) => dialect.tell(place);
  }

  /** @param count of keys that exist already */
  static async start(dialect: Dialect, count = 0): Promise<PagedVendor> {
    const vendor = new PagedVendor(dialect);
    for (let index = 0; index < count; index++) vendor.issue(`theirs-${index + 1}`);
    const server = await serve((response, request) => vendor.#answer(response, request));
    vendor.#received = server.received;
    vendor.#url = server.url;
    return vendor;
  }

  get url(): string {
    return this.#url;
  }

  /** Pages that were asked for, attempts at the same one counted once. */
  get pages(): number {
    return this.#pages;
  }

  /** Methods and addresses of the requests. */
  get requests(): string[] {
    return this.#received.map(({ method, url }) => `${method} ${url}`);
  }

  get ids(): string[] {
    return this.keys.map(({ id }) => id);
  }

  /** Adds a key that no request created; the vendor lists it last. */
  issue(name: string): Key {
    const key = { id: `key-${++this.#serial}`, name };
    this.keys.push(key);
    return key;
  }

  revoke(id: string | undefined): boolean {
    const before = this.keys.length;
    this.keys = this.keys.filter((key) => key.id !== id);
    return this.keys.length < before;
  }

  #answer(response: http.ServerResponse, { method, url, body }: Received): unknown {
    const { pathname, searchParams } = new URL(url, this.#url);
    const id = pathname.split("/").at(-1);
    if (method === "GET" && pathname === path) return this.#page(response, searchParams);
    if (method === "GET") {
      const data = this.keys.find((key) => key.id === id);
      return data ? json(response, 200, { data }) : json(response, 404, noSuchKey);
    }
    if (method === "POST") {
      const key = this.issue(JSON.parse(body).name);
      const fault = this.createFault;
      this.createFault = undefined;
      return fault ? fault(response) : json(response, 201, { data: { ...key, value: `value of ${key.id}` } });
    }
    return this.revoke(id) ? json(response, 200, {}) : json(response, 404, noSuchKey);
  }

  #page(response: http.ServerResponse, query: URLSearchParams): unknown {
    const fault = this.faults.get(this.#pages + 1);
    if (fault) {
      if (!this.lasting) this.faults.delete(this.#pages + 1);
      return fault(response);
    }
    this.#pages++;
    this.beforePage(this.#pages);
    const start = this.dialect.start(query, this.ids);
    if (start === undefined || !(start >= 0))
      return json(response, 400, { message: "There is no such page." });
    const data = this.slice(start);
    const { beside, link, headers } = this.tell({
      start,
      end: start + data.length,
      total: this.total(),
      url: `${this.#url}${path}`,
      index: Math.floor(start / pageSize),
      lastId: data.at(-1)?.id,
    });
    json(response, 200, { data, ...beside }, { ...headers, ...(link !== undefined && { link }) });
  }
}

/** The service that such a vendor offers. */
export function pagedService(
  pagination: PaginationInput | undefined,
  query?: Record<string, string>,
  others: ServiceDefinitionInput["operations"] = {},
): ServiceDefinition {
  const data = acme();
  const { list } = data.operations;
  return parse({
    ...data,
    envelope: "/data",
    operations: {
      ...data.operations,
      ...others,
      list: { ...list, ...others.list, pagination, ...(query && { query }) },
    },
  });
}
