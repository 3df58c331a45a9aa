import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import * as provider from "../../provider";
import { redact } from "../../provider/redaction/redactor";
import { configure, failure } from "../support/lifecycle/dynamicHost";
import { program } from "../support/lifecycle/modelEngine";
import { xentree } from "../support/vendor/definitions";
import { useSandbox } from "../support/vendor/sandbox";

const { sandbox } = useSandbox();
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const news = (args: object = {}) => program(xentree, { ...args });

describe("a secret that a message would show", () => {
  const canaries = { token: "canary-token-0123456789", value: "canary-value-0123456789" };
  const asBase64 = Buffer.from(canaries.value).toString("base64").replace(/.?=*$/, "");

  /** Properties with which our own code fails unexpectedly. */
  const tripping = (): Record<string, unknown> => ({
    get service(): string {
      throw new RangeError(`No service ${canaries.value}, or ${asBase64}`);
    },
    value: canaries.value,
  });

  beforeEach(() => configure({ baseUrl: sandbox().url, token: canaries.token }));

  it("is hidden in a sentence: a credential in the name of a key, and a value in the name of another", async () => {
    for (const name of [`ci ${canaries.token}`, `ci ${canaries.value}`]) {
      const inputs = { ...news({ name }), value: canaries.value };
      const error = await failure(provider.create(inputs));
      expect(error.message).toMatch(/^Xentree did not create API key "ci \[secret\]".*: HTTP 401: /);
      expect(error.stack).toBe(error.message);
    }
  });

  it("is hidden in the message and the stack of a failure that nobody expected", async () => {
    await provider.check({}, { value: canaries.value });
    const error = await failure(provider.diff("1", {}, tripping()));
    expect(error.message).toMatch(/^No service \[secret\], or \[secret\]/);
    expect(error.stack).toMatch(/^RangeError: No service \[secret\], or \[secret\]\S*\n\s+at /);
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain("canary");
  });

  it("is hidden in what is thrown and is no error at all", async () => {
    const thrown = Object.defineProperty({}, "service", {
      enumerable: true,
      get: () => {
        throw `No ${canaries.token}`;
      },
    });
    await provider.check({}, news());
    const error = await failure(provider.create(thrown));
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toBe("No [secret]");
  });

  it("is hidden in the reason of a check's failure", async () => {
    const { failures } = await provider.check({}, news({ [canaries.token]: 1 }));
    expect(failures).toEqual([
      { property: "", reason: "xentree.ApiKey: [secret] is no argument of a Xentree key." },
    ]);
  });

  it("is hidden in a warning", async () => {
    const warn = jest.spyOn(console, "warn").mockImplementation(() => {});
    try {
      await provider.check({}, news());
      await provider.check(
        { expiresAt: "2020-01-01T00:00:00Z" },
        news({ logicalName: `ci ${canaries.token}`, expiresAt: "2020-01-01T00:00:00Z" }),
      );
      expect(warn.mock.calls).toEqual([
        [expect.stringMatching(/^xentree\.ApiKey "ci \[secret\]": expiresAt has passed/)],
      ]);
    } finally {
      warn.mockRestore();
    }
  });

  const calls: [string, (secret: Record<string, unknown>) => Promise<unknown>][] = [
    ["the old inputs of check", (secret) => provider.check(secret, {})],
    ["the new inputs of check", (secret) => provider.check({}, secret)],
    ["the old outputs of diff", (secret) => provider.diff("1", secret, {})],
    ["the new inputs of diff", (secret) => provider.diff("1", {}, secret)],
    ["the inputs of create", (secret) => provider.create(secret)],
    ["the outputs of read", (secret) => provider.read("1", secret)],
    ["the old outputs of update", (secret) => provider.update("1", secret, {})],
    ["the new inputs of update", (secret) => provider.update("1", {}, secret)],
    ["the outputs of delete", (secret) => provider.delete("1", secret)],
  ];
  it.each(calls)("is known from %s on", async (_, call) => {
    for (const name of ["value", "previousValue", "adoptValue"]) {
      const secret = randomUUID();
      expect(redact(secret)).toBe(secret);
      await call({ [name]: secret }).catch(() => {});
      expect(redact(secret)).toBe("[secret]");
    }
  });

  it("is known from the answer to create on, except for the part of it that is published", async () => {
    const { token } = sandbox().credentials.xentree;
    await configure({ baseUrl: sandbox().url, token });
    const { inputs } = await provider.check({}, news());
    await provider.create(inputs);
    const [key] = sandbox().keys("xentree");
    expect(redact(`${key?.prefix} ${key?.value}`)).toBe(`${key?.prefix} [secret]`);
  });

  it("does not include a value that is not known yet", async () => {
    await provider.check({}, news({ adopt: "1", adoptValue: unknown }));
    expect(redact(unknown)).toBe(unknown);
  });
});
