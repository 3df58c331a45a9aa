import { startSandbox } from "../../sandbox";
import { useStack } from "../support/engine/fixture";
import { liveKeys, programWith, requests, vendorCaseOf } from "../support/engine/vendors";

const xentree = vendorCaseOf("xentree");

describe("drift of a key", () => {
  /** What the state says of the key, values included. */
  const recorded = async () => {
    const { resources } = (await at.stack.exportState({ showSecrets: true })).deployment;
    return resources.map(({ id, inputs, outputs }) => ({ id, inputs, outputs }));
  };

  const at = useStack("suite", (sandbox) =>
    programWith(xentree, sandbox, `permissions: ["read", "write"], rateLimitPerMinute: 60`),
  );
  beforeAll(() => at.stack.up("--skip-preview"));

  it("is what a look finds after the first one, which the engine does not show", async () => {
    expect((await at.stack.resource("ci")).outputs.unconfirmed).toEqual(["*"]);
    await at.stack.refresh("--skip-preview", "--expect-no-changes");
    expect((await at.stack.resource("ci")).outputs).not.toHaveProperty("unconfirmed");
  });

  it("shows a changed field in refresh and sets it right by a replacement", async () => {
    const { keyId } = await at.stack.outputs();
    at.sandbox.changeOutOfBand("xentree", String(keyId), { rate_limit_per_minute: 5 });
    expect((await at.stack.refresh("--skip-preview", "--diff")).output).toMatch(
      /rateLimitPerMinute: 60 => 5/,
    );
    expect((await at.stack.preview("--diff")).output).toMatch(/rateLimitPerMinute: 5 => 60/);

    await at.stack.up("--skip-preview");
    const after = await at.stack.outputs();
    expect(liveKeys(at.sandbox, "xentree")).toEqual([after.keyId]);
    expect((await at.stack.resource("ci")).outputs.rateLimitPerMinute).toBe(60);
  });

  it("takes permissions in another order as equal", async () => {
    const { keyId } = await at.stack.outputs();
    at.sandbox.changeOutOfBand("xentree", String(keyId), { permissions: ["write", "read"] });
    expect((await at.stack.refresh("--skip-preview")).output).toMatch(/2 unchanged/);
    expect((await at.stack.preview()).output).toMatch(/2 unchanged/);
  });

  it("keeps a deactivated key in state with its status, and has the next up replace and revoke it", async () => {
    const { keyId } = await at.stack.outputs();
    at.sandbox.deactivateOutOfBand("xentree", String(keyId));
    expect((await at.stack.refresh("--skip-preview", "--diff")).output).toMatch(/\+ status: "revoked"/);
    expect((await at.stack.resource("ci")).id).toBe(keyId);

    at.sandbox.journal.clear();
    await at.stack.up("--skip-preview");
    expect(requests(at.sandbox, "DELETE")).toEqual([`DELETE /api/admin/api-keys/${keyId}`]);
    const after = await at.stack.outputs();
    expect(after.status).toBe("active");
    expect(liveKeys(at.sandbox, "xentree")).toEqual([after.keyId]);
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
    const { token, otherTenantToken, memberToken } = at.sandbox.credentials.xentree;
    const tokens = { otherTenant: otherTenantToken, member: memberToken };
    const before = await recorded();
    at.stack.setEnv(typeof wrong === "string" ? { APIKEYS_XENTREE_TOKEN: tokens[wrong] } : wrong);
    const { exitCode, output } = await at.stack.pulumi(["refresh", "--yes", "--skip-preview"], {
      allowFailure: true,
    });
    at.stack.setEnv({ APIKEYS_XENTREE_TOKEN: token });

    expect(exitCode).not.toBe(0);
    expect(output).toMatch(message);
    expect(output).not.toMatch(/\n\s+at .*:\d+:\d+/);
    expect(await recorded()).toEqual(before);
  });

  it("refuses to judge the key by another server's answers", async () => {
    const other = await startSandbox();
    at.stack.setEnv({ APIKEYS_XENTREE_BASE_URL: other.url });
    const results = [
      await at.stack.pulumi(["refresh", "--yes", "--skip-preview"], { allowFailure: true }),
      await at.stack.pulumi(["destroy", "--yes", "--skip-preview"], { allowFailure: true }),
    ];
    at.stack.setEnv({ APIKEYS_XENTREE_BASE_URL: at.sandbox.url });
    const asked = requests(other);
    await other.close();

    for (const { exitCode, output } of results) {
      expect(exitCode).not.toBe(0);
      expect(output).toContain(`was created at ${at.sandbox.url}`);
    }
    expect(asked).toEqual([]);
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(1);
  });
});
