import { useStack } from "../support/engine/fixture";
import { liveKeys, requests } from "../support/engine/vendors";

/** A dynamic resource whose output is unknown in a preview. */
const later = `
  const pulumi = require("@pulumi/pulumi");
  class Later extends pulumi.dynamic.Resource {
    constructor(name, value) {
      super({ create: async ({ given }) => ({ id: "later", outs: { value: given } }) }, name, { given: value, value: undefined });
    }
  }`;

describe("a program", () => {
  const at = useStack("test");

  it("may give what is known only after another resource: the preview accepts it, the update checks it", async () => {
    // Under a new name each time, for what an earlier run has read is known in the next preview.
    const program = (run: string, ip: string, application: string) => `${later}
      const { xentree, applications } = require("pulumi-apikeys");
      const ip = new Later("ip-${run}", "${ip}");
      const application = new Later("application-${run}", "${application}");
      new xentree.ApiKey("a", { allowedIps: [ip.value], rotation: { triggers: { ip: ip.value } } });
      new applications.ApiKey("b", { applicationId: application.value });`;
    const { applicationId } = at.sandbox.credentials.applications;
    for (const [source, failure] of [
      [program("1", "no address", applicationId), "allowedIps[0] must be an IP address or a CIDR range"],
      [program("2", "10.1.2.3", "no uuid"), "applicationId must be a uuid"],
    ] as const) {
      at.stack.setProgram(source);
      expect((await at.stack.preview()).exitCode).toBe(0);
      const { output } = await at.stack.pulumi(["up", "--yes", "--skip-preview"], { allowFailure: true });
      expect(output).toContain(failure);
    }
    expect(requests(at.sandbox).join()).not.toContain("no uuid");

    at.stack.setProgram(program("3", "10.1.2.3", applicationId));
    await at.stack.up("--skip-preview");
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(1);
    expect(liveKeys(at.sandbox, "applications")).toHaveLength(1);
  });

  it("with mistakes gets a sentence for each, and no key is made", async () => {
    at.stack.setProgram(`
      const { xentree } = require("pulumi-apikeys");
      new xentree.ApiKey("a", { permisions: ["x"], rateLimitPerMinute: 0 });`);
    const { exitCode, output } = await at.stack.pulumi(["up", "--yes", "--skip-preview"], {
      allowFailure: true,
    });
    expect(exitCode).not.toBe(0);
    expect(output).toContain(
      "xentree.ApiKey: permisions is no argument of a Xentree key; did you mean permissions?",
    );
    expect(output).toContain("xentree.ApiKey: rateLimitPerMinute must be at least 1.");
    expect(output).not.toMatch(/\n\s+at .*:\d+:\d+/);
    expect(requests(at.sandbox)).toEqual([]);
  });

  it("takes its connections from stack config with secrets, and the environment goes first", async () => {
    const { xentree } = at.sandbox.credentials;
    at.stack.setProgram(`
      const { xentree } = require("pulumi-apikeys");
      new xentree.ApiKey("ci", { connection: "prod" });`);
    const prod = "apikeys:connections.prod";
    await at.stack.setConfig(
      {
        [`${prod}.baseUrl`]: at.sandbox.url,
        [`${prod}.service`]: "xentree",
        [`${prod}.username`]: xentree.username,
      },
      "plaintext",
    );
    await at.stack.setConfig({ [`${prod}.password`]: xentree.password }, "secret");
    await at.stack.up("--skip-preview");
    expect(requests(at.sandbox)).toEqual(["POST /api/auth/login", "POST /api/admin/api-keys"]);

    at.sandbox.journal.clear();
    at.stack.setEnv({ APIKEYS_PROD_TOKEN: xentree.token });
    await at.stack.destroy("--skip-preview");
    expect(requests(at.sandbox).map((request) => request.split(" ")[0])).toEqual(["DELETE"]);
  });

  it("may move a key to another connection of the same server without making a new one", async () => {
    const program = (connection: string) => `
      const { xentree } = require("pulumi-apikeys");
      new xentree.ApiKey("ci", { connection: "${connection}" });`;
    at.stack.setEnv({
      APIKEYS_BLUE_BASE_URL: at.sandbox.url,
      APIKEYS_BLUE_TOKEN: at.sandbox.credentials.xentree.token,
    });
    at.stack.setProgram(program("xentree"));
    await at.stack.up("--skip-preview");
    const { id } = await at.stack.resource("ci");
    at.stack.setProgram(program("blue"));
    await at.stack.up("--skip-preview");
    expect((await at.stack.resource("ci")).id).toBe(id);
    expect(requests(at.sandbox, "POST")).toHaveLength(1);
    expect((await at.stack.resource("ci")).outputs.connection).toBe("blue");

    at.stack.setEnv({
      APIKEYS_FOREIGN_BASE_URL: at.sandbox.url,
      APIKEYS_FOREIGN_TOKEN: at.sandbox.credentials.xentree.otherTenantToken,
    });
    at.stack.setProgram(program("foreign"));
    const { exitCode, output } = await at.stack.pulumi(["up", "--yes", "--skip-preview"], {
      allowFailure: true,
    });
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(/belongs to tenant/);
    expect(liveKeys(at.sandbox, "xentree")).toEqual([id]);
  });

  it("declares a vendor of its own, whose keys destroy revokes without the program", async () => {
    at.stack.setProgram(`
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
      new acme.ApiKey("ci", { team: "${at.sandbox.credentials.applications.applicationId}" });`);
    at.stack.setEnv({
      APIKEYS_ACME_BASE_URL: at.sandbox.url,
      APIKEYS_ACME_TOKEN: at.sandbox.credentials.applications.token,
    });
    await at.stack.up("--skip-preview");
    expect(liveKeys(at.sandbox, "applications")).toHaveLength(1);
    expect((await at.stack.up("--skip-preview")).output).toMatch(/2 unchanged/);
    at.stack.setProgram("throw new Error('destroy must not run the program')");
    await at.stack.destroy("--skip-preview");
    expect(liveKeys(at.sandbox, "applications")).toEqual([]);
  });
});
