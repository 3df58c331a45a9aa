import * as provider from "../../provider";
import { mergeRemote } from "../../provider/lifecycle/state/mergeRemote";
import { configure, failure } from "../support/lifecycle/dynamicHost";
import { program } from "../support/lifecycle/modelEngine";
import { xentree } from "../support/vendor/definitions";
import { useSandbox } from "../support/vendor/sandbox";

/** What records the vendor's answer, which a test lets fail as no vendor can make it fail. */
jest.mock("../../provider/lifecycle/state/mergeRemote", () => {
  const actual = jest.requireActual("../../provider/lifecycle/state/mergeRemote");
  return { ...actual, mergeRemote: jest.fn(actual.mergeRemote) };
});

const { sandbox } = useSandbox();
const providerText = "exports.handler=…";
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

beforeEach(() => configure({ baseUrl: sandbox().url, token: sandbox().credentials.xentree.token }));

/** Creates a key whose recording fails with an error that holds its value. */
async function createAndFail() {
  const { inputs } = await provider.check({}, program(xentree));
  jest.mocked(mergeRemote).mockImplementationOnce((_definition, _inputs, key) => {
    throw new TypeError(`cannot record ${JSON.stringify(key)}`);
  });
  const error = await failure(provider.create({ ...inputs, __provider: providerText }));
  const [key, ...others] = sandbox().keys("xentree");
  if (!key || others.length > 0) throw new Error("There is not one key.");
  return { error: error as Error & { id: string; properties: object; reasons: string[] }, key };
}

describe("a create that fails after the vendor has made the key", () => {
  it("hands the SDK what the state has to hold: id, the value as a secret, and the provider's text", async () => {
    const { error, key } = await createAndFail();
    expect(error.id).toBe(key.id);
    expect(error.properties).toMatchObject({
      keyId: key.id,
      value: secret(key.value),
      status: "active",
      __provider: providerText,
    });
    expect(JSON.parse(JSON.stringify(error.properties))).toStrictEqual(error.properties);
  });

  it("says so in one sentence, which holds no secret of the vendor's response", async () => {
    const { error, key } = await createAndFail();
    expect(error.reasons).toEqual([error.message]);
    expect(error.message).toMatch(
      /^The Xentree key "ci-[0-9a-f]{7}" was created and is in state, .*\[secret\].* Run `pulumi refresh`\.$/,
    );
    expect(`${error}: ${error.stack}${error.message}`).not.toContain(key.value);
  });

  it("leaves a key that the next refresh records in full, and that delete revokes", async () => {
    const { error, key } = await createAndFail();
    const kept = { ...error.properties, value: key.value };
    const { props } = await provider.read(error.id, kept);
    expect(props).toMatchObject({ keyId: key.id, prefix: key.prefix, value: secret(key.value) });
    await provider.delete(error.id, kept);
    expect(
      sandbox()
        .keys("xentree")
        .filter(({ live }) => live),
    ).toEqual([]);
  });
});
