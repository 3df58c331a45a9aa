import { type Sandbox, startSandbox } from "../../sandbox";
import { TestStack } from "../support/stack";
import { connectionsOf, liveKeys, requests } from "./support/vendors";

/** A dynamic resource whose output is unknown in a preview. */
const later = `
  const pulumi = require("@pulumi/pulumi");
  class Later extends pulumi.dynamic.Resource {
    constructor(name, value) {
      super({ create: async ({ given }) => ({ id: "later", outs: { value: given } }) }, name, { given: value, value: undefined });
    }
  }`;

describe("a program", () => {
  let sandbox: Sandbox;
  let stack: TestStack;

  beforeEach(async () => {
    sandbox = await startSandbox();
    stack = await TestStack.create({ program: "", env: connectionsOf(sandbox) });
  });
  afterEach(async () => {
    await stack?.remove();
    await sandbox?.close();
  });

  it("may give what is known only after another resource: the preview accepts it, the update checks it", async () => {
    const program = (ip: string, application: string) => `${later}
      const { xentree, applications } = require("pulumi-apikeys");
      const ip = new Later("ip", "${ip}");
      const application = new Later("application", "${application}");
      new xentree.ApiKey("a", { allowedIps: [ip.value], rotation: { triggers: { ip: ip.value } } });
      new applications.ApiKey("b", { applicationId: application.value });`;
    const { applicationId } = sandbox.credentials.applications;
    stack.setProgram(program("10.1.2.3", applicationId));
    await stack.up();
    expect(liveKeys(sandbox, "xentree")).toHaveLength(1);
    expect(liveKeys(sandbox, "applications")).toHaveLength(1);
    await stack.destroy("--skip-preview");

    for (const [source, failure] of [
      [program("no address", applicationId), "allowedIps[0] must be an IP address or a CIDR range"],
      [program("10.1.2.3", "no uuid"), "applicationId must be a uuid"],
    ] as const) {
      stack.setProgram(source);
      expect((await stack.preview()).exitCode).toBe(0);
      const { output } = await stack.pulumi(["up", "--yes", "--skip-preview"], { allowFailure: true });
      expect(output).toContain(failure);
      // What was read in an earlier run is known in the next preview.
      await stack.destroy("--skip-preview");
    }
    expect(requests(sandbox).join()).not.toContain("no uuid");
  });

  it("with mistakes gets a sentence for each, and no key is made", async () => {
    stack.setProgram(`
      const { xentree } = require("pulumi-apikeys");
      new xentree.ApiKey("a", { permisions: ["x"], rateLimitPerMinute: 0 });`);
    const { exitCode, output } = await stack.pulumi(["up", "--yes", "--skip-preview"], {
      allowFailure: true,
    });
    expect(exitCode).not.toBe(0);
    expect(output).toContain(
      "xentree.ApiKey: permisions is no argument of a Xentree key; did you mean permissions?",
    );
    expect(output).toContain("xentree.ApiKey: rateLimitPerMinute must be at least 1.");
    expect(output).not.toMatch(/\n\s+at .*:\d+:\d+/);
    expect(requests(sandbox)).toEqual([]);
  });

  it("takes its connections from stack config with secrets, and the environment goes first", async () => {
    const { xentree } = sandbox.credentials;
    await stack.remove();
    stack = await TestStack.create({
      program: `
        const { xentree } = require("pulumi-apikeys");
        module.exports = { status: new xentree.ApiKey("ci", { connection: "prod" }).status };`,
      config: {
        "apikeys:connections.prod.baseUrl": sandbox.url,
        "apikeys:connections.prod.service": "xentree",
        "apikeys:connections.prod.username": xentree.username,
      },
      secretConfig: { "apikeys:connections.prod.password": xentree.password },
    });
    await stack.up("--skip-preview");
    expect(requests(sandbox)).toEqual(["POST /api/auth/login", "POST /api/admin/api-keys"]);

    sandbox.journal.clear();
    stack.setEnv({ APIKEYS_PROD_TOKEN: xentree.token });
    await stack.destroy("--skip-preview");
    expect(requests(sandbox).map((request) => request.split(" ")[0])).toEqual(["DELETE"]);
  });

  it("may move a key to another connection of the same server without making a new one", async () => {
    const program = (connection: string) => `
      const { xentree } = require("pulumi-apikeys");
      new xentree.ApiKey("ci", { connection: "${connection}" });`;
    stack.setEnv({
      APIKEYS_BLUE_BASE_URL: sandbox.url,
      APIKEYS_BLUE_TOKEN: sandbox.credentials.xentree.token,
    });
    stack.setProgram(program("xentree"));
    await stack.up("--skip-preview");
    const { id } = await stack.resource("ci");
    stack.setProgram(program("blue"));
    await stack.up("--skip-preview");
    expect((await stack.resource("ci")).id).toBe(id);
    expect(requests(sandbox, "POST")).toHaveLength(1);
    expect((await stack.resource("ci")).outputs.connection).toBe("blue");

    stack.setEnv({
      APIKEYS_FOREIGN_BASE_URL: sandbox.url,
      APIKEYS_FOREIGN_TOKEN: sandbox.credentials.xentree.otherTenantToken,
    });
    stack.setProgram(program("foreign"));
    const { exitCode, output } = await stack.pulumi(["up", "--yes", "--skip-preview"], {
      allowFailure: true,
    });
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(/belongs to tenant/);
    expect(liveKeys(sandbox, "xentree")).toEqual([id]);
  });

  it("declares a vendor of its own, whose keys destroy revokes without the program", async () => {
    stack.setProgram(`
      const { defineService } = require("pulumi-apikeys");
      const acme = defineService({
        name: "acme", title: "Acme", kind: "collection", auth: [{ scheme: "bearer" }], parents: { team: {} },
        fields: { id: { type: "string" }, name: { type: "string", input: "optional" }, value: { wire: "key", type: "string" } },
        operations: {
          create: { method: "POST", path: "/api/v1/applications/{team}/api-keys", evidence: "documented" },
          list: { method: "GET", path: "/api/v1/applications/{team}/api-keys", evidence: "documented" },
          revoke: { method: "DELETE", path: "/api/v1/applications/{team}/api-keys/{keyId}", evidence: "documented" },
        },
        errors: [{ message: "/message", code: "/code" }],
      });
      new acme.ApiKey("ci", { team: "${sandbox.credentials.applications.applicationId}" });`);
    stack.setEnv({
      APIKEYS_ACME_BASE_URL: sandbox.url,
      APIKEYS_ACME_TOKEN: sandbox.credentials.applications.token,
    });
    await stack.up("--skip-preview");
    expect(liveKeys(sandbox, "applications")).toHaveLength(1);
    expect((await stack.up("--skip-preview")).output).toMatch(/2 unchanged/);
    stack.setProgram("throw new Error('destroy must not run the program')");
    await stack.destroy("--skip-preview");
    expect(liveKeys(sandbox, "applications")).toEqual([]);
  });
});

describe("two stacks at the same time", () => {
  it("keep to their own keys", async () => {
    const sandbox = await startSandbox();
    const program = (own: string) => `
      const { xentree } = require("pulumi-apikeys");
      for (let i = 0; i < 5; i++) new xentree.ApiKey("shared-name-" + i, { permissions: ["${own}"] });`;
    const stacks = await Promise.all(
      ["one", "two"].map((own) =>
        TestStack.create({ program: program(own), env: connectionsOf(sandbox), name: own }),
      ),
    );
    try {
      await Promise.all(stacks.map((stack) => stack.up("--skip-preview")));
      expect(liveKeys(sandbox, "xentree")).toHaveLength(10);
      expect(new Set(sandbox.keys("xentree").map((key) => key.name)).size).toBe(10);

      const [first, second] = stacks;
      await Promise.all([first?.destroy("--skip-preview"), second?.up("--skip-preview")]);
      expect(liveKeys(sandbox, "xentree")).toHaveLength(5);
      expect((await second?.refresh("--skip-preview"))?.output).toMatch(/6 unchanged/);
    } finally {
      await Promise.all(stacks.map((stack) => stack.remove()));
      await sandbox.close();
    }
  });
});
