import * as pulumi from "@pulumi/pulumi";
import { applications, defineService, sendkit, xentree } from "../../sdk";
import { acme } from "../support/vendor/definitions";

type Registered = { type: string; name: string; inputs: Record<string, unknown> };

const registered: Registered[] = [];

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => {
      registered.push({ type, name, inputs });
      return { id: `${name}-id`, state: { ...inputs, value: "canary" } };
    },
    call: () => ({}),
  }),
);

/** What the engine is told of a resource. */
async function told(resource: pulumi.CustomResource): Promise<Registered> {
  const id = await new Promise<string>((resolve) => resource.id.apply(resolve));
  const found = registered.find(({ name }) => `${name}-id` === id);
  if (!found) throw new Error("The resource was not registered.");
  return found;
}

describe("a program's key", () => {
  it.each([
    ["xentree", () => new xentree.ApiKey("xentree-key", { permissions: ["a"] }), { permissions: ["a"] }],
    [
      "applications",
      () => new applications.ApiKey("app-key", { applicationId: "x" }),
      { applicationId: "x" },
    ],
    ["sendkit", () => new sendkit.ApiKey("mail-key", { workspaceId: "w" }), { workspaceId: "w" }],
  ])(
    "of %s is registered under the type and text that every state holds for ever",
    async (service, make, args) => {
      const { type, name, inputs } = await told(make());
      expect(type).toBe("pulumi-nodejs:dynamic/apikeys:ApiKey");
      expect(inputs).toEqual({
        ...args,
        service,
        connection: service,
        logicalName: name,
        __provider: 'exports.handler=()=>require("pulumi-apikeys/provider")',
      });
    },
  );

  it("of a user's own service carries its definition, so that destroy needs no program", async () => {
    const { ApiKey, definition } = defineService(acme());
    const { inputs } = await told(new ApiKey("own-key", { name: "ci", connection: "prod" }));
    expect(definition).toEqual(acme());
    expect(inputs).toMatchObject({ service: "acme", connection: "prod", name: "ci", definition: acme() });
  });

  it("cannot be imported, and a sentence names the way that works", () => {
    expect(() => new xentree.ApiKey("imported", {}, { import: "some-id" })).toThrow(
      /cannot be imported.* name the key in the argument `adopt`, or declare it with `pulumi-apikeys\/plugin`\.$/,
    );
  });

  it("cannot pass for another service's, nor bring a provider of its own", async () => {
    const forged = { service: "sendkit", definition: acme(), logicalName: "other", __provider: "evil" };
    const { inputs } = await told(new xentree.ApiKey("forged-key", forged as object));
    expect(inputs).toMatchObject({ service: "xentree", logicalName: "forged-key" });
    expect(inputs).not.toHaveProperty("definition");
    expect(inputs.__provider).toContain("pulumi-apikeys/provider");
  });

  it("sends the value of a key to take over as a secret", async () => {
    const { inputs } = await told(new xentree.ApiKey("adopting-key", { adopt: "1", adoptValue: "canary" }));
    const { specialSigKey, specialSecretSig } = pulumi.runtime;
    expect(inputs.adoptValue).toEqual({ [specialSigKey]: specialSecretSig, value: "canary" });
  });

  it("has an output for every field that is kept in state", () => {
    const key = new xentree.ApiKey("outputs-key", {});
    for (const name of [
      "keyId",
      "value",
      "fingerprint",
      "status",
      "origin",
      "dueAt",
      "rotatedAt",
      "prefix",
      "tenantId",
      "expiresAt",
    ] as const)
      expect(pulumi.Output.isInstance(key[name])).toBe(true);
    for (const name of ["lastUsedAt", "active", "organizationName"]) expect(name in key).toBe(false);
  });
});
