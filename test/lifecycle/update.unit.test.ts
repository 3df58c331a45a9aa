import { created, failure } from "../support/lifecycle/modelEngine";
import { day } from "../support/lifecycle/world";
import { acme, applications, parse, sendkit, xentree } from "../support/vendor/definitions";

describe("update", () => {
  it("writes down another schedule, keeps all that is known of the key, and sends nothing", async () => {
    const { engine, server } = await created(xentree, { permissions: ["read"], rotation: { every: "30d" } });
    const before = engine.outputs;
    expect(await engine.up({ permissions: ["read"], rotation: { every: "60d" } })).toBe("update");
    expect(engine.outputs).toStrictEqual({
      ...before,
      rotation: { every: "60d" },
      dueAt: "2026-07-31T12:00:00Z",
    });
    expect(server.calls).toEqual([]);
  });

  it("forgets a schedule that is gone from the program", async () => {
    const { engine } = await created(xentree, { rotation: { every: "30d", triggers: { v: 1 } } });
    await engine.up();
    for (const name of ["rotation", "dueAt"]) expect(engine.outputs).not.toHaveProperty(name);
    expect(engine.outputs.value).toBe("canary-value-1");
    expect(await engine.up()).toBe("same");
  });

  it("keeps a status that is not its business", async () => {
    const { engine, server, world } = await created(xentree, { expiresAt: "2026-06-02T12:00:00Z" });
    world.time += 2 * day;
    await engine.refresh();
    expect(server.live).toEqual(["key-1"]);
    expect(await engine.up({ expiresAt: "2026-06-02T12:00:00Z", connection: "second" })).toBe("update");
    expect(engine.outputs).toMatchObject({ status: "expired", value: "canary-value-1" });
  });

  it("writes down the new text of a user's definition", async () => {
    const { engine, server } = await created(parse(acme()));
    const definition = { ...acme(), title: "Acme, Inc." };
    expect(await engine.up({ definition })).toBe("update");
    expect(engine.outputs.definition).toMatchObject({ title: "Acme, Inc." });
    expect(server.calls).toEqual([]);
  });
});

describe("another connection to the same server", () => {
  it.each([
    ["xentree", xentree, "list"],
    ["applications", applications, "list"],
    ["sendkit", sendkit, "get"],
  ])("for a key of %s is written down once the key has been seen through it", async (_, definition, look) => {
    const { engine, server } = await created(definition);
    expect(await engine.up({ connection: "second" })).toBe("update");
    expect(engine.outputs).toMatchObject({ connection: "second", keyId: "key-1", value: "canary-value-1" });
    expect(server.calls).toEqual([look]);
    expect(await engine.up({ connection: "second" })).toBe("same");
  });

  it("that is another tenant's is refused by its own name, and the key stays with the old one", async () => {
    const { engine, server, world } = await created(xentree);
    world.behind.second = server.as("tenant-b");
    expect(await failure(engine.up({ connection: "second" }))).toMatchObject({
      code: "IDENTITY_MISMATCH",
      message:
        'The Xentree key "ci-0000001" belongs to tenant tenant-a, but the credentials of connection "second" are of tenant ' +
        "tenant-b, so its absence from their list proves nothing. Use credentials of the key's own tenant.",
    });
    expect(engine.outputs.connection).toBe("xentree");
    expect(server.live).toEqual(["key-1"]);
  });

  it("through which the key cannot be seen is refused", async () => {
    const { engine, server } = await created(applications);
    server.key("key-1").live = false;
    expect(await failure(engine.up({ connection: "second" }))).toMatchObject({
      code: "IDENTITY_MISMATCH",
      message:
        'The Applications API key "ci-0000001" cannot be seen through connection "second", so it stays with "applications". ' +
        "Use credentials of the same tenant, or run `pulumi refresh` if the key is gone.",
    });
  });
});

describe("update through another connection of the same server", () => {
  const overlapping = { rotation: { every: "30d", overlap: "7d" } };

  it("repairs a key that is gone while the one before it is still valid, which nobody can see any more", async () => {
    const { engine, server, world } = await created(applications, overlapping);
    world.time += 31 * day;
    await engine.up(overlapping);
    server.key("key-2").live = false;
    expect(await engine.refresh()).toBe("changed");
    expect(engine.outputs).toMatchObject({ status: "revoked", previousKeyId: "key-1" });
    expect(await engine.up({ ...overlapping, connection: "second" })).toBe("update");
    expect(engine.outputs).toMatchObject({ keyId: "key-3", status: "active", connection: "second" });
    expect(server.live).toContain("key-3");
  });
});
