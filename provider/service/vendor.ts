import type { Connection } from "../connections";
import { ApiKeysError } from "../errors";
import type { HttpClient } from "../http/client";
import type { HttpQuery, HttpRequest, HttpResponse } from "../http/request";
import { expandPath } from "../http/template";
import type { Parents, Revocation, Vendor } from "../lifecycle/vendor";
import { atPointer } from "../pointer";
import { printable } from "../printable";
import type { ListDefinition, OperationDefinition, ServiceDefinition } from "./definition";
import { type Incomplete, incompleteList } from "./incompleteList";
import { KeyLists } from "./keyLists";
import { readWhole, type WholeList } from "./listing";
import { type CreatedKey, keyFromWire, type RemoteKey, toWire, valueFromWire } from "./mapping";
import { problemError, readProblem } from "./problem";

/** The vendor of a definition, over HTTP. */
export function httpVendor(definition: ServiceDefinition, connection: Connection, http: HttpClient): Vendor {
  // Without the credentials, which have no business where requests are worded.
  return new HttpVendor(definition, { name: connection.name }, http);
}

class HttpVendor implements Vendor {
  private readonly lists?: KeyLists;
  readonly origin: string;
  readonly list?: NonNullable<Vendor["list"]>;
  readonly settle?: NonNullable<Vendor["settle"]>;
  readonly get?: NonNullable<Vendor["get"]>;
  readonly tenant?: NonNullable<Vendor["tenant"]>;

  constructor(
    private readonly definition: ServiceDefinition,
    private readonly connection: Pick<Connection, "name">,
    private readonly http: HttpClient,
  ) {
    this.origin = http.origin;
    const { list, get } = definition.operations;
    if (list) {
      const incomplete = incompleteList(definition.title, connection.name);
      const lists = new KeyLists((parents) => this.wholeList(list, parents, incomplete), incomplete);
      this.list = (parents, freshness) => lists.read(parents, freshness);
      if (list.pagination) this.settle = (parents, keys) => lists.settle(parents, keys);
      this.lists = lists;
    }
    if (get) this.get = (parents, keyId) => this.getOne(get, parents, keyId);
    const whoami = definition.tenant?.whoami;
    if (whoami) this.tenant = () => this.whoami(whoami.path, whoami.tenant);
  }

  async create(parents: Parents, inputs: Readonly<Record<string, unknown>>): Promise<CreatedKey> {
    const { create } = this.definition.operations;
    const what = `create API key ${JSON.stringify(inputs.name)}`;
    const response = await this.send(create, parents, what, toWire(this.definition, inputs));
    // A gateway may answer 5xx after the vendor has created the key.
    if (response.status >= 500) throw this.unknownOutcome(what, `HTTP ${response.status}`);
    if (!succeeded(response)) throw this.problem(what, response);
    const document = atPointer(json(response), this.definition.envelope);
    const key = keyFromWire(this.definition, document);
    const value = valueFromWire(this.definition, document);
    if (!key || !value) {
      throw this.unknownOutcome(what, `HTTP ${response.status} without the key's ${key ? "value" : "id"}`);
    }
    return { ...key, value };
  }

  async revoke(parents: Parents, keyId: string, name: string): Promise<Revocation> {
    this.lists?.forget();
    const what = `revoke API key ${JSON.stringify(printable(name))} (${printable(keyId)})`;
    const response = await this.send(this.definition.operations.revoke, { ...parents, keyId }, what);
    // A login page under 200 is nobody's word that the key is gone.
    if (succeeded(response)) return response.body.kind === "other" ? "unproven" : "revoked";
    if (response.status !== 404) throw this.problem(what, response);
    return this.provesAbsence(response) ? "absent" : "unproven";
  }

  private wholeList(list: ListDefinition, parents: Parents, incomplete: Incomplete): Promise<WholeList> {
    const path = expandPath(list.path, parents);
    const source = {
      url: (query: HttpQuery) => this.http.url({ path, query }),
      read: async (query: HttpQuery, number: number) => {
        const what = number === 1 ? "list API keys" : `list API keys, page ${number}`;
        const response = await this.http.send({ method: list.method, path, query, what });
        if (!succeeded(response)) throw this.problem(what, response);
        return response;
      },
    };
    return readWhole(this.definition, list, source, incomplete);
  }

  private async getOne(
    operation: OperationDefinition,
    parents: Parents,
    keyId: string,
  ): Promise<RemoteKey | undefined> {
    const what = keyId === "" ? "read the API key" : `read API key ${printable(keyId)}`;
    const response = await this.send(operation, { ...parents, keyId }, what);
    if (response.status === 404 && this.provesAbsence(response)) return undefined;
    if (!succeeded(response)) throw this.problem(what, response);
    const key = keyFromWire(this.definition, atPointer(json(response), this.definition.envelope));
    if (key) return key;
    throw new ApiKeysError(
      "RESPONSE_INVALID",
      `${this.definition.title} answered "${what}" (connection "${this.connection.name}") with something that is no key. ` +
        "Check the connection's base URL, and the service definition against the vendor's page.",
    );
  }

  private async whoami(path: string, pointer: string): Promise<string> {
    const what = "tell whose the credentials are";
    const response = await this.send({ method: "GET", path }, {}, what);
    const tenant = succeeded(response) ? atPointer(json(response), pointer) : undefined;
    if (typeof tenant === "string") return tenant;
    throw this.problem(what, response);
  }

  private send(
    operation: Pick<OperationDefinition, "method" | "path">,
    variables: Readonly<Record<string, string>>,
    what: string,
    body?: unknown,
  ): Promise<HttpResponse> {
    const request: HttpRequest = {
      method: operation.method,
      path: expandPath(operation.path, variables),
      what,
    };
    return this.http.send(body === undefined ? request : { ...request, body });
  }

  private provesAbsence(response: HttpResponse): boolean {
    return readProblem(this.definition, response.status, json(response))?.aboutKeys === true;
  }

  private problem(what: string, response: HttpResponse): ApiKeysError {
    const { definition, connection } = this;
    return problemError({
      definition,
      connection: connection.name,
      what,
      status: response.status,
      body: json(response),
    });
  }

  private unknownOutcome(what: string, answer: string): ApiKeysError {
    return new ApiKeysError(
      "OUTCOME_UNKNOWN",
      `${this.definition.title} answered "${what}" (connection "${this.connection.name}") with ${answer}.`,
    );
  }
}

function succeeded(response: HttpResponse): boolean {
  return response.status >= 200 && response.status < 300;
}

function json(response: HttpResponse): unknown {
  return response.body.kind === "json" ? response.body.value : undefined;
}
