import { adminCredential, documentVendor, expectedOf, pingPath, viewerCredential } from "../support/openapi";
import { type ApiDocument, documentOf } from "../support/openapi/document";
import { at } from "../support/openapi/places";
import { type Schema, sample } from "../support/openapi/samples";
import { type StandIn, startStandIn } from "../support/vendor/standIns/standIn";

const now = () => Date.parse("2026-06-01T12:00:00Z");
const vendors = ["digitalocean", "kong", "linode", "openai", "pinecone", "resend", "sendgrid", "workos"];

describe.each(vendors)("the vendor made of the document of %s", (vendor) => {
  const expected = expectedOf(vendor);
  let document: ApiDocument;
  let standIn: StandIn;
  beforeAll(async () => {
    document = await documentOf(vendor, expected);
  });
  beforeEach(async () => {
    standIn = await startStandIn(await documentVendor(vendor, now), now);
  });
  afterEach(() => standIn.close());

  /** The schema of a request's body. */
  const schemaOf = (operation: string): Schema | undefined => {
    const [method = "", path = ""] = operation.split(" ");
    return document.paths[path]?.[method.toLowerCase()]?.requestBody?.content?.["application/json"]?.schema;
  };
  /** A request with the values that the document itself gives as examples. */
  const call = async (operation: string, id = "", { credential = adminCredential, body }: Sent = {}) => {
    const [method = "", template = ""] = operation.split(" ");
    const path = template
      .replace(`{${expected.idIn}}`, id)
      .replace("{apiVersion}", "v4")
      .replaceAll(/\{\w+\}/g, "123e4567-e89b-42d3-a456-426614174000");
    const schema = schemaOf(operation);
    const sent = body ?? (schema && sample(schema));
    const response = await fetch(`${standIn.url}${path}`, {
      method,
      headers: {
        ...(credential !== "" && { authorization: `Bearer ${credential}` }),
        "x-pinecone-api-version": "2026-04",
        ...(sent !== undefined && { "content-type": "application/json" }),
      },
      ...(sent !== undefined && { body: JSON.stringify(sent) }),
    });
    const text = await response.text();
    return { status: response.status, text, body: text === "" ? undefined : JSON.parse(text) };
  };
  const create = async (name = "ci") => {
    const body = { ...(sample(schemaOf(expected.create) ?? {}) as object), [expected.name ?? ""]: name };
    if (expected.expiresAt)
      Object.assign(body, { [expected.expiresAt.request]: inAYear(expected.expiresAt) });
    const created = await call(expected.create, "", { body });
    return { ...created, id: String(at(created.body, expected.id)), value: at(created.body, expected.value) };
  };
  const ping = async (value: unknown) =>
    (await fetch(`${standIn.url}${pingPath}`, { headers: { authorization: `Bearer ${value}` } })).status;
  const listed = async () => at((await call(expected.list)).body, expected.envelope.list) as object[];

  it("gives a key whose value opens the door until the key is revoked, and shows the value once", async () => {
    const { status, id, value } = await create();
    expect(status).toBeLessThan(300);
    expect(await ping(value)).toBe(200);
    expect((await listed()).map((item) => String(at(item, expected.listed.id)))).toEqual([id]);
    expect((await call(expected.list)).text).not.toContain(String(value));
    expect((await call(expected.revoke, id)).status).toBeLessThan(300);
    expect(await ping(value)).toBe(401);
    expect(await listed()).toEqual([]);
    expect(standIn.api.complaints).toEqual([]);
  });

  const { expiresAt, envelope, name, required } = expected;
  if (expiresAt?.response && !required.includes(expiresAt.request)) {
    it("tells no expiry of a key that was asked for without one", async () => {
      const { body } = await call(expected.create, "", { body: { [name ?? ""]: "ci" } });
      expect(at(body, `${envelope.created}${expiresAt.response}`) ?? null).toBeNull();
      expect(await ping(at(body, expected.value))).toBe(200);
      expect(standIn.api.complaints).toEqual([]);
    });
  }

  it("knows nothing of a key that there is not, and says so in the document's form", async () => {
    const { id } = await create();
    await call(expected.revoke, id);
    const { status, body } = await call(expected.revoke, id);
    expect(status).toBe(404);
    expect(at(body, expected.errors?.message ?? "/message")).toEqual(expect.stringMatching(/./));
    expect(standIn.api.complaints).toEqual([]);
  });

  it("lists every key once, page by page", async () => {
    for (let number = 0; number < 25; number++) await create(`ci-${number}`);
    const first = await listed();
    expect(first).toHaveLength(expected.pagination ? 20 : 25);
    expect(standIn.api.complaints).toEqual([]);
  });

  it("refuses credentials that it does not know, and those that may not manage keys", async () => {
    expect((await call(expected.list, "", { credential: "unknown" })).status).toBe(401);
    expect((await call(expected.list, "", { credential: viewerCredential })).status).toBe(403);
    expect(standIn.api.complaints).toEqual([]);
  });

  it("complains of what the document does not allow", async () => {
    await call(expected.list, "", { credential: "" });
    await call(expected.create, "", { body: { [expected.name ?? ""]: { not: "a text" } } });
    await call(`GET /no${expected.list.split(" ")[1]}`);
    await call(`${expected.list}?unheardOf=1`);
    expect(standIn.api.complaints).toEqual([
      expect.stringContaining("none of the credentials"),
      expect.stringMatching(/must be string|must match/),
      expect.stringContaining("no such operation"),
      expect.stringContaining("unheardOf"),
    ]);
  });
});

interface Sent {
  readonly credential?: string;
  readonly body?: object;
}

function inAYear({ requestForm }: { readonly requestForm: string }): unknown {
  return requestForm === "lifetime-seconds"
    ? 31_536_000
    : "2027-06-01T12:00:00Z".slice(0, requestForm === "utc" ? 19 : 20);
}
