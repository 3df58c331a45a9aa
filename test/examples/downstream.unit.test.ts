import * as pulumi from "@pulumi/pulumi";
import { resourceType } from "../../provider/base/resourceType";
import { type MockedRun, runMocked } from "../support/engine/mockedProgram";

// biome-ignore lint/suspicious/noExplicitAny: the inputs of a provider's resources are its own business
type Inputs = any;

const first = { value: "canary-1", fingerprint: "print-1" };
const second = { value: "canary-2", fingerprint: "print-2" };

const config: Record<string, Record<string, string>> = {
  kubernetes: { "apikeys-kubernetes:image": "reports:1", "apikeys-kubernetes:replicas": "2" },
  vault: { "apikeys-vault:mount": "kv" },
  github: { "apikeys-github:repository": "reports" },
};

const secretVersion = "aws:secretsmanager/secretVersion:SecretVersion reports-xentree";
const actionsSecret = "github:index/actionsSecret:ActionsSecret ci";

/** What of each provider holds the value, and what is another where the fingerprint is. */
const consumers = [
  {
    example: "kubernetes",
    holder: "kubernetes:core/v1:Secret reports",
    held: (inputs: Inputs) => inputs.stringData,
    holding: (value: string): unknown => ({ token: value }),
    rolled: "kubernetes:apps/v1:Deployment reports",
    sign: (inputs: Inputs) => inputs.spec.template.metadata.annotations["pulumi-apikeys/fingerprint"],
    // It takes the Secret's name from it.
    waitsFor: [],
  },
  {
    example: "vault",
    holder: "vault:kv/secretV2:SecretV2 reports",
    held: (inputs: Inputs) => inputs.dataJson,
    holding: (value: string) => JSON.stringify({ token: value }),
    rolled: "vault:kv/secretV2:SecretV2 reports",
    sign: (inputs: Inputs) => inputs.customMetadata.data.fingerprint,
    waitsFor: [],
  },
  {
    example: "aws",
    holder: secretVersion,
    held: (inputs: Inputs) => inputs.secretString,
    holding: (value: string) => value,
    rolled: "aws:lambda/function:Function reports",
    sign: (inputs: Inputs) => inputs.environment.variables.XENTREE_FINGERPRINT,
    waitsFor: [secretVersion, "aws:iam/rolePolicy:RolePolicy reports-xentree"],
  },
  {
    example: "github",
    holder: actionsSecret,
    held: (inputs: Inputs) => inputs.value,
    holding: (value: string) => value,
    rolled: "github:index/actionsVariable:ActionsVariable ci",
    sign: (inputs: Inputs) => inputs.value,
    waitsFor: [actionsSecret],
  },
];

/** Runs an example whose key has this value and fingerprint. */
function run(example: string, { value, fingerprint }: typeof first): Promise<MockedRun> {
  const computed = (_name: string, inputs: Inputs) =>
    "permissions" in inputs ? { value: pulumi.secret(value), fingerprint } : {};
  return runMocked(`downstream/${example}`, { config: config[example] ?? {}, computed });
}

const secret = (value: unknown) => ({
  [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig,
  value,
});

/** All that is not marked as secret. */
function plainText(data: unknown): string {
  return JSON.stringify(data, (_name, part) =>
    part?.[pulumi.runtime.specialSigKey] === pulumi.runtime.specialSecretSig ? "[secret]" : part,
  );
}

describe.each(consumers)("examples/downstream/$example", (consumer) => {
  const { example, holder, held, holding, rolled, sign, waitsFor } = consumer;
  let before: MockedRun;
  let after: MockedRun;
  beforeAll(async () => {
    before = await run(example, first);
    after = await run(example, second);
  });

  it("has a key with time for whoever holds the previous one", () => {
    const key = [...before.resources].find(([name]) => name.startsWith(resourceType))?.[1];
    expect(key?.inputs.rotation).toEqual({ every: "30d", overlap: expect.stringMatching(/^\dd$/) });
  });

  it("hands the value over, marked as secret, and the next one after a rotation", () => {
    expect(held(before.resources.get(holder)?.inputs)).toEqual(secret(holding(first.value)));
    expect(held(after.resources.get(holder)?.inputs)).toEqual(secret(holding(second.value)));
  });

  it("has the value in no other input, and in no output of the stack", () => {
    const shown = plainText([[...before.resources.values()], before.outputs]);
    expect(shown).toContain(first.fingerprint);
    expect(shown).not.toContain(first.value);
  });

  it("tells the consumer by the fingerprint, once the value is there", () => {
    expect(sign(before.resources.get(rolled)?.inputs)).toBe(first.fingerprint);
    expect(sign(after.resources.get(rolled)?.inputs)).toBe(second.fingerprint);
    expect(after.resources.get(rolled)?.dependsOn).toEqual(waitsFor);
  });
});
