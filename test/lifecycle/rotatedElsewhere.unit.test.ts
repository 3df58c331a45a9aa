import { created } from "../support/lifecycle/modelEngine";
import { weekly } from "../support/lifecycle/overlap";
import { sendkit, xentree } from "../support/vendor/definitions";
import { changingReused, reusing, withFields } from "../support/vendor/deviating";

/** A key that somebody gave another value in the vendor's own page. */
async function rotated(args = {}, definition = xentree) {
  const bench = await created(definition, args);
  const { fields } = bench.server.key("key-1");
  fields.prefix = "another-";
  expect(await bench.engine.refresh()).toBe("changed");
  return bench;
}

describe("a key that was rotated at the vendor under the same id", () => {
  it("has a status of its own, and a warning says that the value no longer works", async () => {
    const { engine } = await rotated();
    expect(engine.outputs).toMatchObject({ status: "rotated", value: "canary-value-1", prefix: "canary-1" });
    expect(engine.warnings).toEqual([
      'The value of the Xentree key "ci-0000001" no longer works: the key was rotated at the vendor. The next `pulumi up` replaces it.',
    ]);
    expect(await engine.refresh()).toBe("same");
    expect(engine.warnings).toEqual([]);
  });

  it("is replaced by the next up, and then all is quiet", async () => {
    const { engine, server } = await rotated();
    expect(await engine.up()).toBe("replace");
    expect(server.live).toEqual(["key-2"]);
    expect(engine.outputs).toMatchObject({ status: "active", value: "canary-value-2" });
    expect(await engine.up()).toBe("same");
    expect(await engine.refresh()).toBe("same");
  });

  it.each([
    ["at the place of an only key", sendkit],
    ["where ids are used again", reusing()],
  ])("is told by its age from another of its id: %s", async (_, definition) => {
    const { engine, server } = await rotated({}, definition);
    expect(engine.outputs).toMatchObject({ status: "rotated", keyId: "key-1" });
    await engine.up();
    expect(server.key(String(engine.outputs.keyId))).toMatchObject({
      live: true,
      value: engine.outputs.value,
    });
    expect(server.live).toHaveLength(1);
  });

  it("is told of by an update in place whose response shows it", async () => {
    const { engine, server } = await created(changingReused());
    server.key("key-1").fields.prefix = "another-";
    await engine.up({ permissions: ["read"] });
    expect(engine.outputs.status).toBe("rotated");
    expect(engine.warnings.join()).toContain("no longer works: the key was rotated at the vendor");
    expect(await engine.up({ permissions: ["read"] })).toBe("replace");
  });

  it("stays valid for the overlap: whoever rotated it may use the new value", async () => {
    const { engine, server } = await rotated(weekly(1));
    expect(await engine.up(weekly(1))).toBe("update");
    expect(server.live).toEqual(["key-1", "key-2"]);
  });

  it.each([
    ["a longer part of the value", "canary-value"],
    ["a shorter part", "can"],
    ["a mask of it", "canary-…"],
  ])("is not one whose prefix the vendor shows as %s", async (_, prefix) => {
    const { engine, server } = await created(xentree);
    server.key("key-1").fields.prefix = prefix;
    await engine.refresh();
    expect(engine.outputs.status).toBe("active");
  });

  it("is told by any part of the value that the definition names", async () => {
    const lastFour = {
      wire: { created: { field: "value", part: ".{4}$" }, read: "last", listed: "last" },
    } as const;
    const { engine, server } = await created(withFields({ lastFour }));
    engine.state = { ...engine.known(), outputs: { ...engine.outputs, lastFour: "ue-1" } };
    server.key("key-1").fields.lastFour = "zzzz";
    await engine.refresh();
    expect(engine.outputs.status).toBe("rotated");
  });
});
