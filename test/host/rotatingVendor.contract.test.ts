import type { ConfigureRequest } from "@pulumi/pulumi/dynamic";
import * as provider from "../../provider";
import { redact } from "../../provider/redaction/redactor";
import { failure } from "../support/lifecycle/dynamicHost";
import {
  type RotatingVendor,
  rotatingDefinition,
  startRotatingVendor,
} from "../support/vendor/rotatingVendor";

type Bag = Record<string, unknown>;

const marked = (value: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

let vendor: RotatingVendor;

beforeEach(async () => {
  vendor = await startRotatingVendor();
  const connections = { orbit: { baseUrl: vendor.url, token: "t", listLagSeconds: 0 } };
  await provider.configure({
    config: { get: () => JSON.stringify(connections) },
  } as unknown as ConfigureRequest);
});

afterEach(() => vendor.close());

/** Inputs of a key as `check` leaves them, in plain text as the engine sends them on. */
async function inputsOf(args: object, olds: Bag = {}): Promise<Bag> {
  const { inputs, failures } = await provider.check(olds, {
    service: "orbit",
    definition: rotatingDefinition,
    logicalName: "ci",
    ...args,
  });
  expect(failures).toEqual([]);
  return plain(inputs);
}

function plain(bag: Bag): Bag {
  const entries = Object.entries(bag).map(([name, value]) => [name, unmarked(value)]);
  return Object.fromEntries(entries);
}

function unmarked(value: unknown): unknown {
  const isMarked =
    typeof value === "object" && value !== null && Object.keys(marked("")).every((key) => key in value);
  return isMarked ? (value as unknown as { value: unknown }).value : value;
}

const webhook = "webhook-secret-of-the-program";

describe("a key of a vendor that changes and rotates it", () => {
  it("is changed by PATCH, and a list to which the vendor adds stays as the program sets it", async () => {
    const inputs = await inputsOf({ scopes: ["read"] });
    const { id, outs } = await provider.create(inputs);
    const next = await inputsOf({ scopes: ["write"] }, inputs);
    expect(await provider.diff(id, plain(outs), next)).toMatchObject({ replaces: [] });
    const updated = await provider.update(id, plain(outs), next);
    expect(vendor.requests).toEqual(["POST /keys", `PATCH /keys/${id}`]);
    expect(updated.outs).toMatchObject({ keyId: id, scopes: ["write"], value: outs.value });
    expect(vendor.keys.get(id)?.scopes).toEqual(["write"]);
    expect(await provider.diff(id, plain(updated.outs), next)).toMatchObject({ changes: false });
  });

  it("has its secrets marked by create, read and update, and a masked read changes none of them", async () => {
    const inputs = await inputsOf({ webhook });
    const { id, outs } = await provider.create(inputs);
    const key = vendor.keys.get(id);
    const secrets = {
      value: marked(key?.secret ?? ""),
      signing: marked(key?.signing ?? ""),
      webhook: marked(webhook),
    };
    expect(outs).toMatchObject(secrets);
    const read = await provider.read(id, plain(outs));
    expect(read.inputs).toBeUndefined();
    expect(read.props).toMatchObject(secrets);
    const next = await inputsOf({ webhook, scopes: ["read"] }, inputs);
    expect((await provider.update(id, plain(outs), next)).outs).toMatchObject(secrets);
    for (const secret of [webhook, ...vendor.shown]) expect(redact(`a ${secret} b`)).toBe("a [secret] b");
  });

  it("has a secret argument marked already in check", async () => {
    const { inputs } = await provider.check(
      {},
      { service: "orbit", definition: rotatingDefinition, logicalName: "ci", webhook },
    );
    expect(inputs.webhook).toEqual(marked(webhook));
  });

  it("hides a secret argument even when the definition has a mistake", async () => {
    const secret = "secret-of-a-mistaken-definition";
    const definition = { ...rotatingDefinition, kinds: "collection" };
    const { failures, inputs } = await provider.check({}, { service: "orbit", definition, webhook: secret });
    expect(failures).toHaveLength(1);
    expect(inputs.webhook).toEqual(marked(secret));
    expect(redact(secret)).toBe("[secret]");
  });

  it("gets another value by its own request, and with it another second secret", async () => {
    const inputs = await inputsOf({ rotation: { triggers: { v: 1 } } });
    const { id, outs } = await provider.create(inputs);
    const next = await inputsOf({ rotation: { triggers: { v: 2 } } }, inputs);
    expect(await provider.diff(id, plain(outs), next)).toMatchObject({ replaces: [] });
    const updated = await provider.update(id, plain(outs), next);
    expect(vendor.requests.at(-1)).toBe(`POST /keys/${id}/rotate`);
    const key = vendor.keys.get(id);
    expect(plain(updated.outs)).toMatchObject({ keyId: id, value: key?.secret, signing: key?.signing });
    expect(updated.outs.value).not.toEqual(outs.value);
  });

  it("is not rotated twice by one update when the answer is lost, and is rotated by the next", async () => {
    const inputs = await inputsOf({ rotation: { triggers: { v: 1 } } });
    const { id, outs } = await provider.create(inputs);
    const next = await inputsOf({ rotation: { triggers: { v: 2 } } }, inputs);
    vendor.losesNextRotation = true;
    const error = await failure(provider.update(id, plain(outs), next));
    expect(error.message).toMatch(/^It is not known whether the Orbit key .* Run `pulumi up` again/s);
    const posts = vendor.requests.filter((request) => request.startsWith("POST"));
    expect(posts).toEqual(["POST /keys", `POST /keys/${id}/rotate`]);
    const updated = await provider.update(id, plain(outs), next);
    expect(plain(updated.outs).value).toBe(vendor.keys.get(id)?.secret);
  });
});
