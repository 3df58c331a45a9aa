import { Connections } from "../../provider/connection/connections";
import { created, failure } from "../support/lifecycle/modelEngine";
import { weekly } from "../support/lifecycle/overlap";
import { applications, xentree } from "../support/vendor/definitions";

/** A key whose vendor has moved to another host, which the connection says. */
async function moved(definition = xentree, args = {}) {
  const bench = await created(definition, args);
  const { name } = definition;
  const setting = { baseUrl: "https://new.example", movedFrom: "https://vendor.example/old", token: "t" };
  bench.world.connections = new Connections(JSON.stringify({ [name]: setting }), {});
  bench.server.origin = "https://new.example";
  return bench;
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
