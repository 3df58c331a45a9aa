import type { Reply, SandboxRequest } from "../../../sandbox/http";
import type { StandInApi } from "../vendor/standIns/standIn";
import { Answers } from "./answers";
import { type ApiDocument, documentOf } from "./document";
import { type Expected, expectedOf } from "./expected";
import { change, issue, type RememberedKey, renew } from "./heldKey";
import { Judge, type MatchedOperation } from "./judge";
import { pageOf } from "./pages";
import { at, type Tree } from "./places";
import { refusalOf } from "./refusals";

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
  readonly #answers: Answers;

  constructor(
    { expected, document, judge }: Reading,
    private readonly now: () => number,
  ) {
    this.#expected = expected;
    this.#document = document;
    this.#judge = judge;
    this.#answers = new Answers(document, expected, judge, (text) => this.complaints.push(text));
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
      [[get], (call) => this.#withKey(call, (key) => this.#look(call, key))],
      [[update].flat(), (call) => this.#withKey(call, (key) => this.#update(call, key))],
      [[rotate], (call) => this.#withKey(call, (key) => this.#rotate(call, key))],
      [[revoke], (call) => this.#withKey(call, (key) => this.#revoke(call, key))],
    ];
    const called = `${method.toUpperCase()} ${path}`;
    const found = acts.find(([operations]) => operations.includes(called));
    if (!found) throw new Error(`Nobody has read what ${called} does.`);
    return found[1];
  }

  #create({ operation, variables, asked }: Called): Reply {
    const { name, listed } = this.#expected;
    const taken = this.#present().some(
      ({ parents, wire }) =>
        sameIn(parents, variables) && at(wire, listed.name ?? "/-") === asked[name ?? ""],
    );
    if (taken && operation.responses["409"]) return this.#refusal(operation, 409, "The name is taken.");
    const key = issue({
      expected: this.#expected,
      schema: this.#answers.keySchema(),
      example: this.#answers.exampleKey(),
      asked,
      parents: variables,
      now: this.now(),
      number: this.#keys.length,
    });
    this.#keys.push(key);
    return this.#answers.withValue(operation, key);
  }

  #list({ request, operation, variables }: Called): Reply {
    const { pagination, listed } = this.#expected;
    const here = this.#keys.filter(({ parents, revoked }) => !revoked && sameIn(parents, variables));
    const url = new URL(request.path, `http://${request.headers.host}`);
    return this.#answers.listing(
      operation,
      pageOf(here, ({ wire }) => at(wire, listed.id), url, pagination),
    );
  }

  #look(call: Called, key: RememberedKey): Reply {
    return this.#answers.telling(call.operation, key);
  }

  #update(call: Called, key: RememberedKey): Reply {
    change(key, this.#expected, call.asked, this.now());
    return this.#answers.telling(call.operation, key);
  }

  #rotate(call: Called, key: RememberedKey): Reply {
    renew(key, this.#expected);
    return this.#answers.withValue(call.operation, key);
  }

  #revoke(call: Called, key: RememberedKey): Reply {
    key.revoked = true;
    return this.#answers.gone(call.operation, key);
  }

  /** Does what needs a key that there is. */
  #withKey(call: Called, act: (key: RememberedKey) => Reply): Reply {
    const id = call.variables[this.#expected.idIn];
    const key = this.#keys.find(
      (one) => !one.revoked && one.id === id && sameIn(one.parents, call.variables),
    );
    return key ? act(key) : this.#refusal(call.operation, 404);
  }

  #refusal(operation: MatchedOperation, status: number, text?: string): Reply {
    return refusalOf(operation.responses, this.#expected, status, text);
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
