import * as provider from "../../provider";
import { xentree } from "../../provider/definition/builtin/xentree";
import { configure, failure } from "../support/lifecycle/dynamicHost";
import { program } from "../support/lifecycle/modelEngine";
import { contractCases } from "../support/vendor/contractCases";
import { useSandbox } from "../support/vendor/sandbox";

const { sandbox } = useSandbox();
const [row] = contractCases;
if (!row) throw new Error("There is no service.");

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const news = (args: object = {}) => ({
  __provider: "exports.handler=…",
  ...program(row.definition, { ...args }),
});

// The sandbox's lists do not lag behind, and a test need not wait as if they might.
const connection = () => ({
  baseUrl: sandbox().url,
  token: sandbox().credentials.xentree.token,
  listLagSeconds: 0,
});

beforeEach(() => configure(connection()));

async function createOne(args: object = {}) {
  const { inputs } = await provider.check({}, news(args));
  return provider.create(inputs);
}

describe("the dynamic provider", () => {
  it("returns a value that is marked as a secret, and no undefined, at which the engine would fail", async () => {
    const { id, outs } = await createOne({ rotation: { triggers: { a: 1, b: undefined } } });
    const [key] = sandbox().keys("xentree");
    expect(id).toBe(key?.id);
    expect(outs.value).toEqual(secret(key?.value ?? ""));
    expect(JSON.parse(JSON.stringify(outs))).toStrictEqual(outs);
  });

  it("marks the value of a key to adopt as a secret already in check", async () => {
    const { inputs } = await provider.check(
      {},
      news({ adopt: "497f6eca-6276-4993-bfeb-53cbbbba6f08", adoptValue: "canary" }),
    );
    expect(inputs.adoptValue).toEqual(secret("canary"));
  });

  it("marks the value again at every read and update", async () => {
    const { id, outs } = await createOne();
    const plain = { ...outs, value: outs.value.value };
    const { props } = await provider.read(id, plain);
    expect(props?.value).toEqual(outs.value);
    const { inputs } = await provider.check(
      { rotatedAt: outs.rotatedAt, name: outs.name, autonamed: true },
      news({ rotation: { every: "30d" } }),
    );
    const updated = await provider.update(id, plain, inputs);
    expect(updated.outs).toMatchObject({ value: outs.value, rotation: { every: "30d" } });
  });

  it("marks what the program set as a secret when the vendor changed it: the argument may be one", async () => {
    const { id, outs } = await createOne({ permissions: ["read"] });
    const asked = { permissions: ["canary"], rateLimitPerMinute: null };
    const rendered = { name: "canary" };
    const { props } = await provider.read(id, { ...outs, value: outs.value.value, asked, rendered });
    expect(props?.asked).toEqual(secret(asked));
    expect(props?.rendered).toEqual(secret(rendered));
    expect(outs.asked).toEqual({ allowedIps: null, rateLimitPerMinute: null });
  });

  it("names no property in a failure: the engine would print its value, even a secret one", async () => {
    const { failures } = await provider.check({}, news({ rateLimitPerMinute: 0 }));
    expect(failures).toEqual([
      { property: "", reason: "xentree.ApiKey: rateLimitPerMinute must be at least 1." },
    ]);
  });

  it("passes on unknown values as the engine writes them", async () => {
    const { inputs, failures } = await provider.check(
      {},
      news({ permissions: ["read", unknown], rateLimitPerMinute: unknown }),
    );
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject({ permissions: ["read", unknown], rateLimitPerMinute: unknown });
  });

  it("returns no id for a key that is gone", async () => {
    const { id, outs } = await createOne();
    sandbox().revokeOutOfBand("xentree", id);
    expect(await provider.read(id, { ...outs, value: outs.value.value })).toEqual({ id: "" });
  });

  it("fails with a sentence, without the stack trace that the engine would print", async () => {
    const { id, outs } = await createOne();
    sandbox().inject({ times: Number.POSITIVE_INFINITY, action: { kind: "respond", status: 403 } });
    const error = await failure(provider.delete(id, { ...outs, value: outs.value.value }));
    expect(error.message).toMatch(/^Xentree did not revoke API key .* HTTP 403/);
    // How Pulumi's dynamic provider prints it.
    expect(`${error}: ${error.stack}`).toBe(`pulumi-apikeys: ${error.message}`);
  });

  it("says what a refresh and a destroy go by, where their definition may have been corrected since", async () => {
    const { id, outs } = await createOne();
    sandbox().inject({ times: Number.POSITIVE_INFINITY, action: { kind: "respond", status: 403 } });
    const own = { ...outs, value: outs.value.value, service: "own", definition: { ...xentree, name: "own" } };
    for (const call of [provider.read(id, own), provider.delete(id, own)])
      expect((await failure(call)).message).toContain(
        "if the program has a corrected one, run a plain `pulumi up` first.",
      );
  });

  it("keeps the stack trace of an unexpected error", async () => {
    // As no engine calls it.
    const error = await failure(provider.create(JSON.parse("null")));
    expect(`${error}`).toMatch(/^TypeError: /);
    expect(error.stack).toMatch(/\n\s+at /);
  });

  it("lets the engine show changed inputs, and adds what they do not show", async () => {
    const { outs } = await createOne();
    const olds = { ...outs, value: outs.value.value };
    const asked = async (args: object) =>
      (await provider.check({ name: outs.name, autonamed: true, rotatedAt: outs.rotatedAt }, news(args)))
        .inputs;
    expect(await provider.diff("1", olds, await asked({}))).toEqual({
      changes: false,
      replaces: [],
      deleteBeforeReplace: false,
    });
    expect(await provider.diff("1", olds, await asked({ permissions: ["read"] }))).toEqual({
      replaces: ["permissions"],
      deleteBeforeReplace: false,
    });
    const agreed = await asked({ permissions: [] });
    expect(await provider.diff("1", olds, agreed)).toEqual({ replaces: [], deleteBeforeReplace: false });
    const { inputs } = await provider.check(agreed, news({ permissions: [] }));
    expect(await provider.diff("1", olds, inputs)).toEqual({
      changes: true,
      replaces: [],
      deleteBeforeReplace: false,
    });
  });
});

describe("a vendor that sends the engine's own markers", () => {
  const told = { id: "1", tenant_id: "t", key_value: "canary-value", is_active: true };
  const createTold = (patch: object) => {
    const body = { ...told, ...patch };
    sandbox().inject({ method: "POST", action: { kind: "respond", status: 201, body } });
    return createOne();
  };

  it("gets no unknown value into the state: the engine would refuse the key and lose its value", async () => {
    const { outs } = await createTold({ name: unknown, prefix: unknown, permissions: ["read", unknown] });
    expect(JSON.stringify(outs)).not.toContain(unknown);
    expect(outs).toMatchObject({ keyId: "1", value: secret("canary-value") });
  });

  it("gets no marker into the state by which the engine would see a secret, an asset or a resource", async () => {
    const signature = "4dabf18193072939515e22adb298388d";
    const marks = [
      "1b47061264138c4ac30d75fd1eb44270",
      "c44067f5952c0a294b673a41bacd8c17",
      "5cf8f73096256a8f31e491e813e4eb8e",
    ];
    for (const mark of marks) {
      const smuggled = { [signature]: mark, value: "smuggled", text: "smuggled", urn: "smuggled" };
      const { outs } = await createTold({
        name: smuggled,
        permissions: [smuggled],
        rate_limit_per_minute: smuggled,
      });
      expect(JSON.stringify(outs)).not.toContain("smuggled");
      expect(JSON.stringify({ ...outs, value: 0 })).not.toContain(signature);
    }
  });

  it("gets no control character into the id that the engine prints; the exact id is kept beside it", async () => {
    const odd = "1\u001b[2J\n::\u202e<{%fg 1%}>";
    const { id, outs } = await createTold({ id: odd });
    expect(id).toBe("1%1B[2J%0A::%E2%80%AE%3C{%fg 1%}>");
    expect(outs.keyId).toBe(odd);
    sandbox().journal.clear();
    sandbox().inject({ method: "DELETE", action: { kind: "respond", status: 200 } });
    await provider.delete(id, { ...outs, value: outs.value.value });
    expect(
      sandbox()
        .journal.entries()
        .map(({ path }) => decodeURIComponent(path)),
    ).toEqual([`/api/admin/api-keys/${odd}`]);
  });

  it("may send an id of 10,000 characters, which is stored whole and printed in part", async () => {
    const long = "x".repeat(10_000);
    const { id, outs } = await createTold({ id: long });
    expect([id, outs.keyId]).toEqual([long, long]);
    sandbox().inject({ times: Number.POSITIVE_INFINITY, action: { kind: "respond", status: 403 } });
    const { message } = await failure(provider.delete(id, { ...outs, value: outs.value.value }));
    expect(message.length).toBeLessThan(600);
  });
});

it("the engine finds the functions that every state names", () => {
  expect(Object.keys(provider).sort()).toEqual([
    "check",
    "configure",
    "create",
    "delete",
    "diff",
    "read",
    "update",
  ]);
});
