import type { Reply, SandboxRequest } from "../../../sandbox/http";
import type { StandInApi } from "../vendor/standIns/standIn";
import { type Answer, type ApiDocument, documentOf, type MediaType } from "./document";
import { type Expected, expectedOf } from "./expected";
import { change, issue, type RememberedKey, renew } from "./heldKey";
import { Judge, type MatchedOperation } from "./judge";
import { pageOf } from "./pages";
import { at, put, type Tree } from "./places";
import { propertiesOf, type Schema, sample, schemaAt } from "./samples";

/** The credentials that a vendor made of a document knows. */
export const adminCredential = "admin-credential";
/** Somebody's who may not manage keys. */
export const viewerCredential = "viewer-credential";
/** A path that no document has, where a key's value is tried: `Authorization: Bearer <value>`. */
export const pingPath = "/-/ping";

type Act = (call: Called) => Reply;

interface Called {
  readonly request: SandboxRequest;
  readonly operation: MatchedOperation;
  readonly variables: Readonly<Record<string, string>>;
  /** The request's own object of the key. */
  readonly asked: Tree;
}

/**
 * Plays a vendor's key resource from its OpenAPI document, with memory. It takes what the document allows and answers as
 * the document says; what the document does not tell a machine, such as which field is the value, people have read into
 * `<vendor>.expected.json`.
 */
export async function documentVendor(vendor: string, now: () => number): Promise<StandInApi> {
  const reading = read.get(vendor) ?? readDocument(vendor);
  read.set(vendor, reading);
  return new DocumentVendor(await reading, now);
}

interface Reading {
  readonly expected: Expected;
  readonly document: ApiDocument;
  readonly judge: Judge;
}

/** By vendor: a validator takes longer to make than a test to run. */
const read = new Map<string, Promise<Reading>>();

async function readDocument(vendor: string): Promise<Reading> {
  const expected = expectedOf(vendor);
  const document = await documentOf(vendor, expected);
  return { expected, document, judge: new Judge(document, expected) };
}

class DocumentVendor implements StandInApi {
  readonly complaints: string[] = [];
  readonly routes = [];
  readonly #keys: RememberedKey[] = [];
  readonly #expected: Expected;
  readonly #document: ApiDocument;
  readonly #judge: Judge;

  constructor(
    { expected, document, judge }: Reading,
    private readonly now: () => number,
  ) {
    this.#expected = expected;
    this.#document = document;
    this.#judge = judge;
  }

  answer(request: SandboxRequest): Reply {
    if (request.path === pingPath) return this.#ping(request);
    const operation = this.#judge.operationOf(request);
    if (!operation) {
      this.#complain(request, ["there is no such operation"]);
      return this.error(404);
    }
    const credentials = this.#judge.credentialsOf(request, operation);
    if (!credentials) {
      this.#complain(request, ["it brings none of the credentials that the operation takes"]);
      return this.#refusal(operation, 401);
    }
    if (credentials.includes(viewerCredential)) return this.#refusal(operation, 403);
    if (!credentials.every((credential) => credential.split(":").at(-1) === adminCredential)) {
      return this.#refusal(operation, 401);
    }
    const complaints = this.#judge.complaintsAbout(request, operation);
    if (complaints.length > 0) {
      this.#complain(request, complaints);
      return this.#refusal(operation, operation.responses["422"] ? 422 : 400, complaints.join("; "));
    }
    const variables = this.#judge.parametersOf(request, operation);
    const body = request.body === "" ? {} : (JSON.parse(request.body) as Tree);
    const asked = (at(body, this.#expected.envelope.request) ?? {}) as Tree;
    return this.#actOf(operation)({ request, operation, variables, asked });
  }

  /** What a router answers before it knows which operation is meant. */
  error(status: number): Reply {
    const [path = ""] = Object.keys(this.#document.paths);
    const [operation] = Object.values(this.#document.paths[path] ?? {});
    const text = status === 404 ? "Not Found" : `Error ${status}`;
    return refusalOf(operation?.responses ?? {}, this.#expected, status, text);
  }

  live() {
    const { name } = this.#expected.listed;
    return this.#present().map(({ id, value, wire }) => ({
      id,
      value,
      name: String(at(wire, name ?? "/-")),
    }));
  }

  revoke(id: string): void {
    this.#known(id).revoked = true;
  }

  change(id: string, patch: Readonly<Record<string, unknown>>): void {
    const { wire } = this.#known(id);
    const unknown = Object.keys(patch).find((name) => !Object.hasOwn(wire, name));
    if (unknown !== undefined) throw new Error(`No key has a property "${unknown}".`);
    Object.assign(wire, patch);
  }

  #actOf({ method, path }: MatchedOperation): Act {
    const { create, list, get, update, rotate, revoke } = this.#expected;
    const acts: readonly (readonly [readonly (string | null)[], Act])[] = [
      [[create], (call) => this.#create(call)],
      [[list], (call) => this.#list(call)],
      [[get], (call) => this.#look(call)],
      [[update].flat(), (call) => this.#update(call)],
      [[rotate], (call) => this.#rotate(call)],
      [[revoke], (call) => this.#revoke(call)],
    ];
    const called = `${method.toUpperCase()} ${path}`;
    const found = acts.find(([operations]) => operations.includes(called));
    if (!found) throw new Error(`Nobody has read what ${called} does.`);
    return found[1];
  }

  #create({ operation, variables, asked }: Called): Reply {
    const { envelope, name, value } = this.#expected;
    const taken = this.#present().some(
      ({ parents, wire }) =>
        sameIn(parents, variables) && at(wire, this.#expected.listed.name ?? "/-") === asked[name ?? ""],
    );
    if (taken && operation.responses["409"]) return this.#refusal(operation, 409, "The name is taken.");
    const schema = this.#keySchema();
    const key = issue({
      expected: this.#expected,
      schema,
      example: this.#example(operation, schema),
      asked,
      parents: variables,
      now: this.now(),
      number: this.#keys.length,
    });
    this.#keys.push(key);
    return this.#reply(operation, (body, answer) =>
      put(this.#withKey(body, answer, envelope.created, key), value, key.value),
    );
  }

  #list({ request, operation, variables }: Called): Reply {
    const { envelope, pagination, listed } = this.#expected;
    const here = this.#keys.filter(({ parents, revoked }) => !revoked && sameIn(parents, variables));
    const url = new URL(request.path, `http://${request.headers.host}`);
    const page = pageOf(here, ({ wire }) => at(wire, listed.id), url, pagination);
    return this.#reply(
      operation,
      (body, answer) => {
        const around = schemaAt(answer, `${envelope.list}/0`) ?? {};
        const place = envelope.item ?? "";
        const item = schemaAt(around, place) ?? {};
        const items = page.items.map(({ wire }) => put(sample(around), place, shown(wire, item)));
        return page.tell(put(body, envelope.list, items), answer);
      },
      "required",
    );
  }

  #look(call: Called): Reply {
    const key = this.#asked(call);
    return key ? this.#tell(call.operation, key) : this.#refusal(call.operation, 404);
  }

  #update(call: Called): Reply {
    const key = this.#asked(call);
    if (!key) return this.#refusal(call.operation, 404);
    change(key, this.#expected, call.asked, this.now());
    return this.#tell(call.operation, key);
  }

  #rotate(call: Called): Reply {
    const key = this.#asked(call);
    if (!key) return this.#refusal(call.operation, 404);
    renew(key, this.#expected);
    const { envelope, value } = this.#expected;
    return this.#reply(call.operation, (body, answer) =>
      put(this.#withKey(body, answer, envelope.created, key), value, key.value),
    );
  }

  #revoke(call: Called): Reply {
    const key = this.#asked(call);
    if (!key) return this.#refusal(call.operation, 404);
    key.revoked = true;
    const { id } = this.#expected.listed;
    return this.#reply(call.operation, (body, answer) => {
      const place = this.#placeIn(answer);
      return place === undefined ? body : put(body, place + id, at(key.wire, id));
    });
  }

  /** Tells a key in the form of an operation's answer, wherever that has the key's id. */
  #tell(operation: MatchedOperation, key: RememberedKey): Reply {
    return this.#reply(operation, (body, answer) => {
      const place = this.#placeIn(answer);
      return place === undefined ? body : this.#withKey(body, answer, place, key);
    });
  }

  #placeIn(answer: Schema): string | undefined {
    const { envelope, listed } = this.#expected;
    const places = [envelope.read, envelope.created, ""].filter((place) => place !== undefined);
    return places.find((place) => schemaAt(answer, place + listed.id) !== undefined);
  }

  #withKey(body: unknown, answer: Schema, place: string, { wire }: RememberedKey): unknown {
    const told = shown(wire, schemaAt(answer, place) ?? {});
    return put(body, place, place === "" ? { ...(body as Tree), ...told } : told);
  }

  #reply(
    operation: MatchedOperation,
    fill: (body: unknown, answer: Schema) => unknown,
    extent: "everything" | "required" = "everything",
  ): Reply {
    const status = Number(Object.keys(operation.responses).find((code) => code.startsWith("2")));
    const { schema } = contentOf(operation.responses[status]).media ?? {};
    if (!schema) return { status };
    const body = fill(sample(schema, extent), schema) as object;
    const complaints = this.#judge.complaintsAboutAnswer(body, status, operation);
    if (complaints.length > 0)
      this.complaints.push(`an answer to ${operation.operationId}: ${complaints.join("; ")}`);
    return { status, body };
  }

  #refusal(operation: MatchedOperation, status: number, text?: string): Reply {
    return refusalOf(operation.responses, this.#expected, status, text);
  }

  /** The properties that any answer tells of a key. */
  #keySchema(): Schema {
    const { create, list, get, envelope } = this.#expected;
    const schemas = [
      this.#answerSchema(create, envelope.created),
      this.#answerSchema(list, `${envelope.list}/0${envelope.item ?? ""}`),
      ...(get ? [this.#answerSchema(get, envelope.read ?? "")] : []),
    ];
    return { type: "object", properties: Object.assign({}, ...schemas.map(propertiesOf)) };
  }

  #answerSchema(operation: string, place: string): Schema {
    const [method = "", path = ""] = operation.split(" ");
    const { responses = {} } = this.#document.paths[path]?.[method.toLowerCase()] ?? {};
    const success = Object.keys(responses).find((status) => status.startsWith("2")) ?? "";
    return schemaAt(contentOf(responses[success]).media?.schema, place) ?? {};
  }

  #example(operation: MatchedOperation, schema: Schema): Tree {
    const created = this.#answerSchema(
      `${operation.method.toUpperCase()} ${operation.path}`,
      this.#expected.envelope.created,
    );
    return { ...(sample(schema) as Tree), ...(sample(created) as Tree) };
  }

  #asked({ variables }: Called): RememberedKey | undefined {
    const { idIn, ...parents } = { idIn: variables[this.#expected.idIn], ...variables };
    return this.#keys.find(
      ({ id, revoked, parents: own }) => !revoked && id === idIn && sameIn(own, parents),
    );
  }

  #present(): RememberedKey[] {
    return this.#keys.filter(
      ({ revoked, expiresAt }) => !revoked && (expiresAt === undefined || expiresAt > this.now()),
    );
  }

  #known(id: string): RememberedKey {
    const held = this.#keys.find((key) => key.id === id && !key.revoked);
    if (!held) throw new Error(`There is no key ${id}, or it was revoked before.`);
    return held;
  }

  #ping({ headers }: SandboxRequest): Reply {
    const opens = this.#present().some(({ value }) => headers.authorization === `Bearer ${value}`);
    return { status: opens ? 200 : 401, body: {} };
  }

  #complain({ method, path }: SandboxRequest, complaints: readonly string[]): void {
    this.complaints.push(`${method} ${path}: ${complaints.join("; ")}`);
  }
}

/** Whether every variable that both have is the same in both. */
function sameIn(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  return Object.entries(one).every(([name, value]) => other[name] === undefined || other[name] === value);
}

/** The properties of a key that an answer has. */
function shown(wire: Tree, schema: Schema): Tree {
  const names = Object.keys(propertiesOf(schema));
  return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(wire, name) ? [[name, wire[name]]] : [])));
}

function contentOf(answer: Answer | undefined): { type?: string; media?: MediaType } {
  const [[type, media] = []] = Object.entries(answer?.content ?? {});
  return { ...(type !== undefined && { type }), ...(media && { media }) };
}

function refusalOf(
  responses: Readonly<Record<string, Answer>>,
  { errors }: Expected,
  status: number,
  text?: string,
): Reply {
  const own = responses[status];
  const { type = "application/json", media } = contentOf(own ?? responses["4XX"] ?? responses.default);
  const [first] = Object.values(media?.examples ?? {});
  const example = media?.example ?? first?.value;
  const body = structuredClone(example ?? (media?.schema ? sample(media.schema) : {}));
  const place = errors?.message ?? "/message";
  // An example that is this status's own is what the vendor says of it.
  const isTold = own !== undefined && example !== undefined && at(example, place) !== "";
  if (text !== undefined || !isTold) put(body, place, text ?? wordsFor(status));
  if (errors?.code?.startsWith("/") && at(body, errors.code) === undefined) put(body, errors.code, "refused");
  if (typeof at(body, "/status") === "number") put(body, "/status", status);
  return { status, body: body as object, headers: { "content-type": type } };
}

function wordsFor(status: number): string {
  if (status === 404) return "There is no such API key.";
  return status === 401 ? "The credentials are wrong." : "The credentials do not allow this.";
}
