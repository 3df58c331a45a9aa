import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { draft } from "../../draft";
import type { OperationDefinition, ServiceDefinition } from "../../provider/definition/definition";
import { examine } from "../../provider/definition/examine";
import type { ResponsePlace } from "../../provider/definition/schema/place";

const folder = path.join(__dirname, "../support/openapi/documents");

/** What somebody has read in a document, field by field as SOURCES.md explains. */
interface Expected {
  readonly [operation: string]: unknown;
  readonly parents: readonly string[];
  readonly value: string;
  readonly id: string;
  readonly idType: "string" | "integer";
  readonly idIn: string;
  readonly name: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly expiresAt: { readonly [part: string]: unknown; readonly required?: boolean } | null;
  readonly envelope: {
    readonly request: string;
    readonly created: string;
    readonly read?: string;
    readonly list: string;
  };
  readonly listed: Readonly<Record<string, string>>;
  readonly updates: readonly string[];
  readonly encoding: string;
  readonly pagination: Readonly<Record<string, unknown>> | null;
  readonly auth: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly baseUrl: string;
  readonly errors: { readonly message: string; readonly code?: string } | null;
}

/** What a path has in place of a variable that says which version of the API it is. */
const constants: Readonly<Record<string, string>> = { apiVersion: "v4" };

const vendors = readdirSync(folder).flatMap((file) => /^(\w+)\.expected\.json$/.exec(file)?.[1] ?? []);

/** The eight for which the command was first held to agree in every part. */
const whole = ["digitalocean", "kong", "linode", "openai", "pinecone", "resend", "sendgrid", "workos"];

/** Parts that people read from what a document does not tell a machine, or that may be read in another way as well. */
const readOtherwise: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  clerk: {
    parents: "the list wants a subject, which makes it the place of the keys",
    inputs: "the subject is a path parameter",
    updates: "the subject is a path parameter",
  },
  deepgram: {
    inputs: "the body of create may be anything",
    expiry: "the body of create may be anything",
    places: "an item of the list is the key itself, one level down",
    access: "there are two ways to authenticate, and a server of another API",
    errors: "there are errors of three shapes",
  },
  harbor: {
    operations: "only words tell that PATCH with an empty secret makes another",
    inputs: "a secret that a program gives is none that the vendor shows once",
    updates: "only words tell that PUT wants the whole robot account",
    access: "a user name and a password",
  },
  openrouter: {
    places: "a label is no mask by its name",
    updates: "what create does not take is no argument",
  },
  qdrant: { access: "neither server nor authentication are described" },
};

it("has the eight documents, and others", () => {
  expect(vendors).toEqual(expect.arrayContaining(whole));
  expect(vendors.length).toBeGreaterThan(whole.length);
  expect(Object.keys(readOtherwise).filter((vendor) => whole.includes(vendor))).toEqual([]);
});

describe.each(vendors)("the draft of %s", (vendor) => {
  const expected: Expected = JSON.parse(readFileSync(path.join(folder, `${vendor}.expected.json`), "utf8"));
  const drafted = draft(path.join(folder, `${vendor}.json`));
  const definition = examine(drafted.definition).definition as ServiceDefinition;
  const { fields, operations } = definition;
  const { list } = operations;
  const agrees = (part: string, title: string, test: () => void) => {
    if (readOtherwise[vendor]?.[part] === undefined) it(title, test);
  };

  agrees("operations", "has the document's operations", () => {
    const ofKey = (operation: unknown) => inOurWords(String(operation), expected, true);
    expect(requestLine(operations.create)).toBe(inOurWords(String(expected.create), expected, false));
    expect(list && requestLine(list)).toBe(inOurWords(String(expected.list), expected, false));
    expect(operations.get ? requestLine(operations.get) : null).toBe(
      expected.get === null ? null : ofKey(expected.get),
    );
    expect(requestLine(operations.revoke)).toBe(ofKey(expected.revoke));
    expect(operations.rotate ? requestLine(operations.rotate) : null).toBe(
      expected.rotate === null ? null : ofKey(expected.rotate),
    );
    // Of two that change the same, one is enough.
    const updates = [expected.update ?? []].flat().map(ofKey);
    expect(updates).toEqual(expect.arrayContaining(operations.update.map(requestLine)));
    expect(operations.update.length > 0).toBe(updates.length > 0);
  });

  agrees("parents", "has its parents, which are no fields", () => {
    expect(Object.keys(definition.pathParameters)).toEqual(expected.parents.map(camelCase));
  });

  agrees("value", "finds the value and the id", () => {
    expect(inBody(fields.value?.wire.created, operations.create.envelope)).toBe(expected.value);
    expect(inBody(fields.id?.wire.created, operations.create.envelope)).toBe(expected.id);
    expect(fields.id?.type).toBe(expected.idType);
  });

  agrees("inputs", "has its inputs", () => {
    expect(fields.name?.wire.create).toBe(expected.name);
    const inputs = Object.values(fields).filter(({ input }) => input !== undefined);
    expect(inputs.map(({ wire }) => wire.create).toSorted()).toEqual(
      [...expected.required, ...expected.optional].toSorted(),
    );
    // A key always has a name, which a program need not give.
    const required = inputs.filter(({ input }) => input === "required").map(({ wire }) => wire.create);
    expect(required.toSorted()).toEqual(
      expected.required.filter((name) => name !== expected.name).toSorted(),
    );
    expect(operations.create.encoding).toBe(expected.encoding);
  });

  agrees("expiry", "asks for an expiry and reads it in the forms of the document", () => {
    const { expiresAt } = fields;
    const told = expected.expiresAt;
    expect(expiresAt && { request: expiresAt.wire.create, form: expiresAt.as }).toEqual(
      told === null
        ? undefined
        : { request: told.request, form: { request: told.requestForm, response: told.responseForm } },
    );
    if (told === null) return;
    expect(inBody(expiresAt?.wire.read, "")).toBe(told.response);
    expect(expiresAt?.input).toBe(told.required ? "required" : "optional");
    for (const bound of [told.minimum, told.maximum].filter((number) => number !== undefined))
      expect(drafted.module).toContain(String(bound));
  });

  agrees("places", "finds the keys in requests and responses", () => {
    expect(operations.create.bodyEnvelope).toBe(expected.envelope.request);
    expect(operations.create.envelope).toBe(expected.envelope.created);
    if (operations.get) expect(operations.get.envelope).toBe(expected.envelope.read);
    expect(list?.envelope).toBe(expected.envelope.list);
    for (const [name, place] of Object.entries(expected.listed))
      expect([name, inBody(fields[name]?.wire.listed, "")]).toEqual([name, place]);
  });

  agrees("updates", "changes in place what the document lets it change", () => {
    const changed = operations.update.flatMap((update) =>
      update.fields.map((name) => fields[name]?.wire.update),
    );
    expect(changed.toSorted()).toEqual([...expected.updates].toSorted());
  });

  agrees("pages", "reads all pages, or says why it does not", () => {
    const told = expected.pagination;
    if (told === null) return expect(list?.pagination).toBeUndefined();
    if (!String(told.next ?? "/").startsWith("/")) {
      expect(list?.pagination).toBeUndefined();
      expect(drafted.questions).toContainEqual(
        expect.stringContaining("no field of the response tells the cursor"),
      );
      return;
    }
    const { size, next, parameter, ...rest } = told;
    const isCounted = told.style === "page" || told.style === "offset";
    expect(list?.pagination).toMatchObject({
      ...rest,
      // An address has its parameters in it.
      ...(told.style !== "link" && { parameter: String(parameter).split(",")[0] }),
      ...(isCounted ? size !== undefined && { sizeParameter: size } : { next }),
    });
  });

  agrees("access", "authenticates and addresses as the document says", () => {
    expect(definition.auth).toEqual([{ scheme: "headers", headers: { Authorization: "Bearer {token}" } }]);
    const isSaid = expected.auth === "bearer";
    expect(drafted.questions.some((question) => question.startsWith("auth: "))).toBe(!isSaid);
    expect(operations.create.headers).toEqual(expected.headers);
    expect(definition.baseUrl).toBe(expected.baseUrl);
  });

  agrees("errors", "knows the vendor's errors, or says that they are not described", () => {
    const { errors } = expected;
    if (errors === null) {
      expect(drafted.definition.errors).toBeUndefined();
      expect(drafted.questions).toContainEqual(expect.stringMatching(/^errors: What do errors look like/));
      return;
    }
    const [code] = errors.code?.split(" ") ?? [];
    expect(definition.errors.map((shape) => shape.message)).toEqual([errors.message]);
    expect(definition.errors[0]?.code).toBe(code);
  });
});

function requestLine({ method, path: own }: Pick<OperationDefinition, "method" | "path">): string {
  return `${method} ${own}`;
}

function inOurWords(operation: string, { idIn }: Expected, ofKey: boolean): string {
  return operation.replaceAll(/\{(\w+)\}/g, (_whole, variable: string) => {
    if (ofKey && variable === idIn) return "{keyId}";
    return constants[variable] ?? `{${camelCase(variable)}}`;
  });
}

function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_whole, letter: string) => letter.toUpperCase());
}

/** The JSON Pointer into the whole body. */
function inBody(place: ResponsePlace | undefined, envelope: string): string | undefined {
  if (typeof place === "string") return `${envelope}${place.startsWith("/") ? place : `/${place}`}`;
  return typeof place === "object" && "body" in place ? place.body : undefined;
}
