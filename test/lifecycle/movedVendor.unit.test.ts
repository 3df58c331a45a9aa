import { Connections } from "../../provider/connection/connections";
import { created, failure } from "../support/lifecycle/modelEngine";
import { weekly } from "../support/lifecycle/overlap";
import { day } from "../support/lifecycle/world";
import { applications, xentree } from "../support/vendor/definitions";
import { withFields } from "../support/vendor/deviating";
import type { ModelKey, ModelVendor } from "../support/vendor/modelVendor";

/** A key whose vendor has moved to another host, which the connection says. */
async function moved(definition = xentree, args = {}) {
  const bench = await created(definition, args);
  move(bench);
  return bench;
}

function move({ world, server }: Awaited<ReturnType<typeof created>>): void {
  const setting = { baseUrl: "https://new.example", movedFrom: "https://vendor.example/old", token: "t" };
  world.connections = new Connections(JSON.stringify({ [world.definition.name]: setting }), {});
  server.origin = "https://new.example";
}

describe.each([xentree, applications])("a vendor that has moved, $title,", (definition) => {
  it("has its keys at the new host: refresh takes the new origin over, and nothing else", async () => {
    const { engine, server } = await moved(definition);
    const before = engine.outputs;
    expect(await engine.refresh()).toBe("changed");
    expect(engine.outputs).toEqual({ ...before, origin: "https://new.example" });
    expect(await engine.up()).toBe("same");
    await engine.destroy();
    expect(server.live).toEqual([]);
  });

  it("is not believed where the key is not seen: refresh keeps it, and destroy revokes nothing", async () => {
    const { engine, server } = await moved(definition);
    server.keys = [];
    const refused = {
      code: "IDENTITY_MISMATCH",
      message: expect.stringMatching(/is not at https:\/\/new\.example/),
    };
    expect(await failure(engine.refresh())).toMatchObject(refused);
    expect(await failure(engine.destroy())).toMatchObject(refused);
    expect(engine.outputs.origin).toBe("https://vendor.example");
    expect(server.calls.filter((call) => call.startsWith("revoke"))).toEqual([]);
  });

  it("lets a rotation and a destroy go on once the key is seen", async () => {
    const { engine, server } = await moved(definition, weekly(1));
    await engine.up(weekly(2));
    expect(engine.outputs).toMatchObject({ keyId: "key-2", origin: "https://new.example" });
    expect(server.live).toEqual(["key-1", "key-2"]);
    await engine.destroy();
    expect(server.live).toEqual([]);
  });
});

/** Somebody else's key, years older, takes the place of ours at the new host. */
function becomesAnothers(key: ModelKey): void {
  Object.assign(key.fields, { name: "payments", prefix: "theirs-9", createdAt: "2024-01-01T00:00:00Z" });
}

const revocations = ({ calls }: ModelVendor) => calls.filter((call) => call.startsWith("revoke"));

describe.each([
  ["with a list", xentree],
  ["with get alone", applications],
  ["that tells no creation", withFields({ createdAt: null, prefix: {} })],
  ["that uses ids again", withFields({}, { reusesIds: true })],
])("another's key of the same id at the new host of a vendor %s", (_, definition) => {
  const refused = {
    code: "IDENTITY_MISMATCH",
    message: expect.stringMatching(/another key \(\S+\) is there, which was left alone/),
  };

  it("is not taken for ours by refresh, destroy, update or replacement", async () => {
    const { engine, server } = await moved(definition, { rotation: { triggers: { version: 1 } } });
    const before = engine.outputs;
    becomesAnothers(server.key("key-1"));
    expect(await failure(engine.refresh())).toMatchObject(refused);
    expect(await failure(engine.destroy())).toMatchObject(refused);
    expect(await failure(engine.up({ rotation: { every: "30d" } }))).toMatchObject(refused);
    expect(engine.outputs).toEqual(before);
    expect(await failure(engine.up({ rotation: { triggers: { version: 2 } } }))).toMatchObject(refused);
    expect(revocations(server)).toEqual([]);
  });

  it.each([
    ["is over", 8, weekly(2)],
    ["is cut short by a renewal", 1, weekly(3)],
  ])("is not revoked as the previous key once the overlap %s", async (_, days, args) => {
    const bench = await created(definition, weekly(1));
    const { engine, server, world } = bench;
    await engine.up(weekly(2));
    move(bench);
    becomesAnothers(server.key("key-1"));
    world.time += days * day;
    expect(await failure(engine.up(args))).toMatchObject(refused);
    expect(engine.outputs).toMatchObject({ previousKeyId: "key-1", origin: "https://vendor.example" });
    expect(server.live).toEqual(["key-1", "key-2"]);
  });
});

it("a key of which nothing is told but its id is not known at another host", async () => {
  const silent = withFields({ name: null, prefix: null, createdAt: null });
  const { engine, server } = await moved(silent);
  const refused = {
    code: "IDENTITY_MISMATCH",
    message: expect.stringMatching(
      /^The Acme key "key-1" was created .+ nothing tells it from the key \(key-1\)/,
    ),
  };
  expect(await failure(engine.refresh())).toMatchObject(refused);
  expect(await failure(engine.destroy())).toMatchObject(refused);
  expect(server.live).toEqual(["key-1"]);
});

describe("a previous key that is not at the new host, where the current one is,", () => {
  async function without() {
    const bench = await created(xentree, weekly(1));
    await bench.engine.up(weekly(2));
    move(bench);
    bench.server.keys = bench.server.keys.filter(({ id }) => id !== "key-1");
    return bench;
  }
  const refused = {
    code: "IDENTITY_MISMATCH",
    message: expect.stringMatching(
      /^The previous Xentree key "ci-0000001" \(key-1\) .+ is not at https:\/\/new\.example/,
    ),
  };

  it.each([
    ["is over", 8, weekly(2)],
    ["is cut short by a renewal", 1, weekly(3)],
  ])("is not called revoked once the overlap %s", async (_, days, args) => {
    const { engine, world, server } = await without();
    world.time += days * day;
    expect(await failure(engine.up(args))).toMatchObject(refused);
    expect(engine.outputs).toMatchObject({ previousKeyId: "key-1", origin: "https://vendor.example" });
    expect(server.live).toEqual(["key-2"]);
  });

  it("is not forgotten by refresh and destroy, which leave the current one as it is", async () => {
    const { engine, server } = await without();
    expect(await failure(engine.refresh())).toMatchObject(refused);
    expect(await failure(engine.destroy())).toMatchObject(refused);
    expect(server.live).toEqual(["key-2"]);
  });
});
