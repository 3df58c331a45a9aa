import { useStack } from "../../support/engine/fixture";
import { liveKeys, requests, use, vendorCaseOf } from "../../support/engine/vendors";

describe("a key that somebody made by hand", () => {
  const at = useStack("test");
  beforeEach(() => at.stack.lendPlugin());
  const applicationId = () => at.sandbox.credentials.applications.applicationId;
  const workspaceId = () => at.sandbox.credentials.sendkit.workspaceId;
  const program = (body: string) =>
    at.stack.setProgram(
      `const { xentree, applications, sendkit } = require("pulumi-apikeys/plugin");\n${body}`,
    );
  const madeByHand = () => ({
    laptop: at.sandbox.createOutOfBand("xentree", { name: "laptop", permissions: ["chat:read"] }),
    billing: at.sandbox.createOutOfBand("applications", { name: "billing", permissions: ["read"] }),
    mail: at.sandbox.createOutOfBand("sendkit", { name: "mail" }),
  });

  it("is taken over with the option `import`, whatever of it the program says, and stays as it is", async () => {
    const { laptop, billing, mail } = madeByHand();
    const declare = (options: (id: string) => string) =>
      program(`
        new xentree.ApiKey("laptop", { permissions: ["chat:read"] }, ${options(laptop.id)});
        new applications.ApiKey("billing", { applicationId: "${applicationId()}" }, ${options(`${applicationId()}/${billing.id}`)});
        new sendkit.ApiKey("mail", { workspaceId: "${workspaceId()}", name: "mail" }, ${options(workspaceId())});`);
    declare((id) => `{ import: "${id}" }`);
    const { output } = await at.stack.up();
    expect(output).toMatch(/3 imported/);
    expect(requests(at.sandbox, "POST")).toEqual([]);

    declare(() => "{}");
    await at.stack.preview("--expect-no-changes");
    const { outputs } = await at.stack.resource("mail");
    expect(outputs).toMatchObject({ keyId: mail.id, valueAvailable: false });
    expect(outputs).not.toHaveProperty("value");
    await at.stack.refresh("--skip-preview", "--expect-no-changes");
  });

  it("gets a schedule and its value by the next up, without another key", async () => {
    const { laptop } = madeByHand();
    const declare = (options: string) =>
      program(`
        const key = new xentree.ApiKey("laptop", {
          expiresIn: "90d", rotation: { every: "30d", overlap: "7d" }, adoptValue: "${laptop.value}",
        }, ${options});
        exports.value = key.value;`);
    declare(`{ import: "${laptop.id}" }`);
    await at.stack.up("--skip-preview");
    declare("{}");
    const { output } = await at.stack.up("--diff");
    expect(output).toMatch(/\+ rotation/);
    expect(output).not.toContain(laptop.value);
    expect(requests(at.sandbox, "POST")).toEqual([]);
    const { value } = await at.stack.outputs({ showSecrets: true });
    expect(await use(vendorCaseOf("xentree"), at.sandbox, value)).toBe(200);
    await at.stack.preview("--expect-no-changes");
  });

  it("is renewed when it is due, with what the program does not say of it", async () => {
    const { laptop } = madeByHand();
    program(`new xentree.ApiKey("laptop", {}, { import: "${laptop.id}" });`);
    await at.stack.up("--skip-preview");
    program(`new xentree.ApiKey("laptop", { rotation: { overlap: "7d", triggers: { leak: 1 } } });`);
    await at.stack.up("--skip-preview");
    const { outputs } = await at.stack.resource("laptop");
    expect(outputs).toMatchObject({ previousKeyId: laptop.id, permissions: ["chat:read"], name: "laptop" });
    await at.stack.destroy("--skip-preview");
    expect(liveKeys(at.sandbox, "xentree")).toEqual([]);
  });

  it("is not imported by a program that asks for another, nor where there is none of that id", async () => {
    const { laptop } = madeByHand();
    const importing = async (permissions: string, id: string) => {
      program(`new xentree.ApiKey("laptop", { permissions: ["${permissions}"] }, { import: "${id}" });`);
      return at.stack.pulumi(["up", "--yes", "--skip-preview"], { allowFailure: true });
    };
    expect((await importing("chat:write", laptop.id)).output).toMatch(
      /inputs to import do not match|may not be replaced/,
    );
    const none = "00000000-0000-4000-8000-000000000000";
    expect((await importing("chat:read", none)).output).toMatch(/does not exist/);
    expect((await importing("chat:read", `${laptop.id}/`)).output).toMatch(/does not exist/);
    expect(liveKeys(at.sandbox, "xentree")).toEqual([laptop.id]);
  });

  it("is read by `get`, and never revoked", async () => {
    const { billing } = madeByHand();
    program(
      `exports.prefix = applications.ApiKey.get("billing", "${applicationId()}/${billing.id}").prefix;`,
    );
    await at.stack.up("--skip-preview");
    expect((await at.stack.outputs()).prefix).toBe(
      billing.value.slice(0, String((await at.stack.outputs()).prefix).length),
    );
    await at.stack.destroy("--skip-preview");
    expect(liveKeys(at.sandbox, "applications")).toEqual([billing.id]);
  });

  it("is imported by the command, and then the same program asks for no change", async () => {
    const { billing } = madeByHand();
    const id = `${applicationId()}/${billing.id}`;
    const command = [
      "import",
      "--yes",
      "--generate-code=false",
      "apikeys:applications:ApiKey",
      "billing",
      id,
    ];
    program(`new applications.ApiKey("first", { applicationId: "${applicationId()}" });`);
    await at.stack.up("--skip-preview");
    await at.stack.pulumi(command);
    program(`
      new applications.ApiKey("first", { applicationId: "${applicationId()}" });
      new applications.ApiKey("billing", { applicationId: "${applicationId()}", name: "billing", permissions: ["read"] }, { protect: true });`);
    await at.stack.preview("--expect-no-changes");
  });
});
