import { instantText } from "../../provider/base/time";
import { created, failure } from "../support/lifecycle/modelEngine";
import { day, start } from "../support/lifecycle/world";
import { xentree } from "../support/vendor/definitions";
import { withFields } from "../support/vendor/deviating";

const definition = withFields({ scopes: { type: "strings", input: "optional", set: true } });

/** A vendor whose response to create says nothing of the scopes, and whose list adds one. */
async function silent() {
  const bench = await created(definition);
  const { engine, server } = bench;
  await engine.destroy();
  const create = server.create.bind(server);
  server.create = async (...args) => {
    const { fields, ...made } = await create(...args);
    const { scopes, ...told } = fields;
    expect(scopes).toEqual(["read"]);
    return { ...made, fields: told };
  };
  await engine.up({ scopes: ["read"] });
  server.tell = ({ scopes, ...fields }) => ({ ...fields, scopes: [...[scopes].flat(), "offline"] });
  bench.world.time += day;
  return bench;
}

describe("an input that no response told before the first look", () => {
  it("is taken for the vendor's way to say it, once, with a warning that names both", async () => {
    const { engine } = await silent();
    await engine.refresh();
    expect(engine.warnings).toEqual([
      expect.stringMatching(
        /^Acme tells scopes of the Acme key "ci-\d{7}" as \["read","offline"\], where the program asks for \["read"\]\./,
      ),
    ]);
    expect(await engine.up({ scopes: ["read"] })).not.toBe("replace");
    expect(await engine.up({ scopes: ["read"] })).toBe("same");
    expect(await engine.refresh()).toBe("same");
    expect(engine.warnings).toEqual([]);
  });

  it("is drift when somebody changes it later", async () => {
    const { engine, server } = await silent();
    await engine.refresh();
    server.tell = (fields) => ({ ...fields, scopes: ["admin"] });
    expect(await engine.refresh()).toBe("changed");
    expect(await engine.up({ scopes: ["read"] })).toBe("replace");
  });
});

describe("a lifetime that the vendor shortens", () => {
  const args = { expiresIn: "90d", rotation: { beforeExpiry: "14d" } };

  async function capped(days: number) {
    const bench = await created(xentree);
    await bench.engine.destroy();
    bench.server.accept = (fields) => ({ ...fields, expiresAt: instantText(bench.world.time + days * day) });
    return bench;
  }

  it("is told at the create, and the key is renewed by what was granted", async () => {
    const { engine, world } = await capped(30);
    await engine.up(args);
    expect(engine.warnings).toEqual([
      expect.stringMatching(/was to work for 90d, and Xentree lets it end at/),
    ]);
    expect(await engine.up(args)).toBe("same");
    world.time += 17 * day;
    expect(await engine.up(args)).toBe("replace");
    expect(world.time).toBeGreaterThan(start);
  });

  it("to less than rotation.beforeExpiry is an error that names both, and not a renewal in each run", async () => {
    const { engine, server } = await capped(7);
    await engine.up(args);
    const { message } = await failure(engine.up(args));
    expect(message).toMatch(
      /rotation\.beforeExpiry \(14d\) cannot be kept: Xentree granted key "ci-\d+" a life of 7d/,
    );
    expect(server.live).toHaveLength(1);
  });
});
