import { type Sandbox, startSandbox } from "../../sandbox";
import { TestStack } from "../support/stack";
import {
  connectionsOf,
  liveKeys,
  programWith,
  requests,
  type VendorCase,
  vendorCases,
} from "./support/vendors";

const xentree = vendorCases.find(({ vendor }) => vendor === "xentree") as VendorCase;

describe("drift of a key", () => {
  let sandbox: Sandbox;
  let stack: TestStack;

  /** What the state says of the key, values included. */
  const recorded = async () => {
    const { resources } = (await stack.exportState({ showSecrets: true })).deployment;
    return resources.map(({ id, inputs, outputs }) => ({ id, inputs, outputs }));
  };

  beforeAll(async () => {
    sandbox = await startSandbox();
    const program = programWith(xentree, sandbox, `permissions: ["read", "write"], rateLimitPerMinute: 60`);
    stack = await TestStack.create({ program, env: connectionsOf(sandbox) });
    await stack.up("--skip-preview");
  });
  afterAll(async () => {
    await stack?.remove();
    await sandbox?.close();
  });

  it("shows a changed field in refresh and sets it right by a replacement", async () => {
    const { keyId } = await stack.outputs();
    sandbox.changeOutOfBand("xentree", String(keyId), { rate_limit_per_minute: 5 });
    expect((await stack.refresh("--skip-preview", "--diff")).output).toMatch(/rateLimitPerMinute: 60 => 5/);
    expect((await stack.preview("--diff")).output).toMatch(/rateLimitPerMinute: 5 => 60/);

    await stack.up("--skip-preview");
    const after = await stack.outputs();
    expect(liveKeys(sandbox, "xentree")).toEqual([after.keyId]);
    expect((await stack.resource("ci")).outputs.rateLimitPerMinute).toBe(60);
  });

  it("takes permissions in another order for the same", async () => {
    const { keyId } = await stack.outputs();
    sandbox.changeOutOfBand("xentree", String(keyId), { permissions: ["write", "read"] });
    expect((await stack.refresh("--skip-preview")).output).toMatch(/2 unchanged/);
    expect((await stack.preview()).output).toMatch(/2 unchanged/);
  });

  it("keeps a deactivated key in state with its status, and has the next up replace and revoke it", async () => {
    const { keyId } = await stack.outputs();
    sandbox.deactivateOutOfBand("xentree", String(keyId));
    expect((await stack.refresh("--skip-preview", "--diff")).output).toMatch(/\+ status: "revoked"/);
    expect((await stack.resource("ci")).id).toBe(keyId);

    sandbox.journal.clear();
    await stack.up("--skip-preview");
    expect(requests(sandbox, "DELETE")).toEqual([`DELETE /api/admin/api-keys/${keyId}`]);
    const after = await stack.outputs();
    expect(after.status).toBe("active");
    expect(liveKeys(sandbox, "xentree")).toEqual([after.keyId]);
  });

  it.each([
    ["401", { APIKEYS_XENTREE_TOKEN: "wrong" }, /HTTP 401.*log in again/s],
    [
      "another tenant's complete but empty list",
      "otherTenant",
      /belongs to tenant .* but the credentials .* are of tenant/s,
    ],
    ["a forbidden list", "member", /HTTP 403.*administrator/s],
  ] as const)("keeps the key in state through %s", async (_condition, wrong, message) => {
    const { token, otherTenantToken, memberToken } = sandbox.credentials.xentree;
    const tokens = { otherTenant: otherTenantToken, member: memberToken };
    const before = await recorded();
    stack.setEnv(typeof wrong === "string" ? { APIKEYS_XENTREE_TOKEN: tokens[wrong] } : wrong);
    const { exitCode, output } = await stack.pulumi(["refresh", "--yes", "--skip-preview"], {
      allowFailure: true,
    });
    stack.setEnv({ APIKEYS_XENTREE_TOKEN: token });

    expect(exitCode).not.toBe(0);
    expect(output).toMatch(message);
    expect(output).not.toMatch(/\n\s+at .*:\d+:\d+/);
    expect(await recorded()).toEqual(before);
  });

  it("refuses to judge the key by another server's answers", async () => {
    const other = await startSandbox();
    stack.setEnv({ APIKEYS_XENTREE_BASE_URL: other.url });
    const results = [
      await stack.pulumi(["refresh", "--yes", "--skip-preview"], { allowFailure: true }),
      await stack.pulumi(["destroy", "--yes", "--skip-preview"], { allowFailure: true }),
    ];
    stack.setEnv({ APIKEYS_XENTREE_BASE_URL: sandbox.url });
    const asked = requests(other);
    await other.close();

    for (const { exitCode, output } of results) {
      expect(exitCode).not.toBe(0);
      expect(output).toContain(`was created at ${sandbox.url}`);
    }
    expect(asked).toEqual([]);
    expect(liveKeys(sandbox, "xentree")).toHaveLength(1);
  });
});
