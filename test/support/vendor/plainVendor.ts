import type { ServiceDefinitionInput } from "../../../provider/definition/definition";
import { json, serve } from "../http/loopback";

/** A key in the plain vendor's database. */
export interface PlainKey {
  id: string;
  name?: string;
  scopes: readonly string[];
  prefix: string;
  created_at: string;
}

/**
 * A vendor of the plainest API: POST and GET of a path, DELETE of one key. What goes wrong with it, a test does by hand.
 */
export class PlainVendor {
  keys: PlainKey[] = [];
  /** Called before a create is answered; `false` drops the connection before anything is made. */
  onCreate: () => boolean = () => true;
  /** Called when a create has made its key; `false` drops the connection, so that the response is lost. */
  onCreated: () => boolean = () => true;
  /** Called before a key is revoked, and waited for. */
  onRevoke: () => unknown = () => {};
  /** Whether a list shows only its first key, and says by a header that nobody declared that there is more. */
  showsOnePage = false;
  #made = 0;
  readonly #values = new Map<PlainKey, string>();

  private constructor(
    readonly url: string,
    private readonly now: () => number,
  ) {}

  static async start(now: () => number): Promise<PlainVendor> {
    const started: { vendor?: PlainVendor } = {};
    const { url } = await serve(async (response, { method, url: address, body }) => {
      const { vendor } = started;
      if (!vendor) return response.destroy();
      if (method === "POST") {
        if (!vendor.onCreate()) return response.destroy();
        const { key, value } = vendor.issue(JSON.parse(body));
        if (!vendor.onCreated()) return response.destroy();
        return json(response, 201, { ...key, key: value });
      }
      if (method === "GET") {
        const shown = vendor.showsOnePage ? vendor.keys.slice(0, 1) : vendor.keys;
        return json(response, 200, shown, vendor.showsOnePage ? { "x-next-page": "2" } : {});
      }
      await vendor.onRevoke();
      const id = address.split("/").at(-1);
      const found = vendor.keys.some((key) => key.id === id);
      vendor.keys = vendor.keys.filter((key) => key.id !== id);
      return found ? response.writeHead(204).end() : json(response, 404, { message: "no such key" });
    });
    const vendor = new PlainVendor(url, now);
    started.vendor = vendor;
    return vendor;
  }

  /** A key that exists, whoever asked for it. */
  issue({ name, scopes = [] }: { readonly name?: string; readonly scopes?: readonly string[] }) {
    this.#made++;
    const value = `pk${this.#made}_canary`;
    const key: PlainKey = {
      id: `k${this.#made}`,
      ...(name !== undefined && { name }),
      scopes,
      prefix: value.slice(0, 4),
      created_at: new Date(this.now()).toISOString(),
    };
    this.keys.push(key);
    this.#values.set(key, value);
    return { key, value };
  }

  /** Whether a value is that of a key that exists. */
  accepts(value: unknown): boolean {
    return this.keys.some((key) => this.#values.get(key) === value);
  }

  get ids(): string[] {
    return this.keys.map(({ id }) => id);
  }
}

/** How a plain vendor is described: its keys have scopes, which can be changed. */
export function plainDefinition({
  fields,
  ...more
}: Partial<ServiceDefinitionInput> = {}): ServiceDefinitionInput {
  return {
    name: "plain",
    path: "/keys",
    ...more,
    fields: {
      value: "key",
      prefix: {},
      createdAt: "created_at",
      scopes: { type: "strings", input: "optional", set: true },
      ...fields,
    },
  };
}
