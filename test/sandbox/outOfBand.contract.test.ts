import { startSandbox, type VendorName } from "../../sandbox";
import { useSandbox } from "../support/vendor/sandbox";

const ALL: VendorName[] = ["xentree", "applications", "sendkit"];

describe("what happens behind a client's back", () => {
  const { sandbox, send } = useSandbox();
  const xentreeList = async () => {
    const { token } = sandbox().credentials.xentree;
    return (await send("GET", "/api/admin/api-keys", { bearer: token })).json;
  };

  it.each(ALL)("%s can lose a key, which the sandbox still remembers as dead", (vendor) => {
    const { id } = sandbox().createOutOfBand(vendor, {});
    sandbox().revokeOutOfBand(vendor, id);
    expect(sandbox().keys(vendor)).toMatchObject([{ id, live: false, value: expect.any(String) }]);
    expect(() => sandbox().revokeOutOfBand(vendor, id)).toThrow(
      /holds no key .*, or it was already revoked\./,
    );
  });

  it.each(ALL)("another sandbox takes over the keys of %s, dead ones too, by way of JSON", async (vendor) => {
    const dead = sandbox().createOutOfBand(vendor, {});
    sandbox().revokeOutOfBand(vendor, dead.id);
    sandbox().createOutOfBand(vendor, { name: "theirs" });
    const other = await startSandbox();
    try {
      other.restore(vendor, JSON.parse(JSON.stringify(sandbox().dump(vendor))));
      expect(other.keys(vendor)).toEqual(sandbox().keys(vendor));
      expect(other.keys(vendor)).toMatchObject([{ live: false }, { live: true, name: "theirs" }]);
    } finally {
      await other.close();
    }
  });

  it("a colleague's key is seen by clients, and its parent is told where there is one", async () => {
    const { otherApplicationId } = sandbox().credentials.applications;
    const theirs = sandbox().createOutOfBand("xentree", { name: "theirs", permissions: ["x"] });
    expect(await xentreeList()).toMatchObject([{ id: theirs.id, name: "theirs", permissions: ["x"] }]);
    expect(theirs).not.toHaveProperty("parent");
    expect(sandbox().createOutOfBand("applications", { applicationId: otherApplicationId })).toMatchObject({
      name: "Made by a colleague",
      parent: otherApplicationId,
      live: true,
    });
  });

  it("a colleague's key may belong to another tenant, or have expired already", async () => {
    const { otherTenantToken } = sandbox().credentials.xentree;
    sandbox().createOutOfBand("xentree", { tenant_id: "e6f0b1a2-3c4d-4e5f-8a9b-0c1d2e3f4a5b", name: "far" });
    expect(await xentreeList()).toEqual([]);
    const far = await send("GET", "/api/admin/api-keys", { bearer: otherTenantToken });
    expect(far.json).toMatchObject([{ name: "far" }]);
    const expired = sandbox().createOutOfBand("applications", { expiresAt: "2020-01-01T00:00:00.000Z" });
    expect(expired.live).toBe(false);
  });

  it("SendKit's one key is in a colleague's way, unless they replace it", () => {
    const first = sandbox().createOutOfBand("sendkit", {});
    expect(() => sandbox().createOutOfBand("sendkit", {})).toThrow("say {replace: true}");
    const second = sandbox().createOutOfBand("sendkit", { replace: true, name: "newer" });
    expect(sandbox().keys("sendkit")).toMatchObject([
      { id: first.id, live: false },
      { id: second.id, live: true, name: "newer" },
    ]);
  });

  it("Xentree alone can make a key inactive, and goes on listing it", async () => {
    const { id, value } = sandbox().createOutOfBand("xentree", {});
    sandbox().deactivateOutOfBand("xentree", id);
    expect(await xentreeList()).toMatchObject([{ id, is_active: false }]);
    expect((await send("GET", "/api/ping", { bearer: value })).status).toBe(401);
    const { id: other } = sandbox().createOutOfBand("applications", {});
    expect(() => sandbox().deactivateOutOfBand("applications", other)).toThrow("can't be inactive");
  });

  it.each(ALL)("a key of %s can be renamed", (vendor) => {
    const { id } = sandbox().createOutOfBand(vendor, {});
    sandbox().changeOutOfBand(vendor, id, { name: "renamed" });
    expect(sandbox().keys(vendor)).toMatchObject([{ id, name: "renamed" }]);
  });

  it("any field can drift, in wire names, and a misspelt one is told", async () => {
    const { id } = sandbox().createOutOfBand("xentree", {});
    sandbox().changeOutOfBand("xentree", id, { rate_limit_per_minute: 1, permissions: ["all"] });
    expect(await xentreeList()).toMatchObject([{ rate_limit_per_minute: 1, permissions: ["all"] }]);
    expect(() => sandbox().changeOutOfBand("xentree", id, { rateLimit: 1 })).toThrow(
      'has no field "rateLimit"',
    );
    expect(() => sandbox().changeOutOfBand("xentree", id, { id: "x" })).toThrow('has no field "id"');
  });

  it("a parent that doesn't exist is told rather than given a key that nobody can see", () => {
    expect(() => sandbox().createOutOfBand("applications", { applicationId: "mine" })).toThrow(
      'The sandbox has no applicationId "mine".',
    );
  });
});
