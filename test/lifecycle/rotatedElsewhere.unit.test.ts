import { createHash } from "node:crypto";
import { created, failure } from "../support/lifecycle/modelEngine";
import { weekly } from "../support/lifecycle/overlap";
import { sendkit, xentree } from "../support/vendor/definitions";
import { changing, reusing, withFields } from "../support/vendor/deviating";

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

  describe("is told by its age from another of its id,", () => {
    it("and is replaced, but not revoked, where ids are used again: it may be another of the same second", async () => {
      const { engine, server } = await rotated({}, reusing());
      expect(engine.outputs).toMatchObject({ status: "rotated", keyId: "key-1" });
      await engine.up();
      expect(engine.warnings.join()).toContain("(key-1) was not revoked: Acme uses ids again");
      expect(server.live).toEqual(["key-1", "key-2"]);
    });

    it("and has to go by hand at the place of an only key, for the same reason", async () => {
      const { engine, server } = await rotated({}, sendkit);
      expect(engine.outputs).toMatchObject({ status: "rotated", keyId: "key-1" });
      expect((await failure(engine.up())).message).toContain("can have only one");
      expect(server.live).toEqual(["key-1"]);
    });
  });

  it("is told of by an update in place whose response shows it", async () => {
    const { engine, server } = await created(changing({ reusesIds: false }));
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

  const digest = (algorithm: string, value: string) => createHash(algorithm).update(value).digest("hex");

  it.each<[string, (value: string) => string]>([
    ["its last four characters", (value) => value.slice(-4)],
    ["its ends around a mask", (value) => `${value.slice(0, 3)}****${value.slice(-4)}`],
    ["the first digits of its SHA-256", (value) => digest("sha256", value).slice(0, 16)],
    ["its SHA-256 with its algorithm", (value) => `sha256:${digest("sha256", value)}`],
    ["its MD5", (value) => digest("md5", value)],
  ])("is told by a field that showed %s", async (_, show) => {
    const { engine, server } = await created(withFields({ shown: {} }));
    engine.state = { ...engine.known(), outputs: { ...engine.outputs, shown: show("canary-value-1") } };
    const { fields } = server.key("key-1");
    fields.shown = show("canary-value-1");
    await engine.refresh();
    expect(engine.outputs.status).toBe("active");
    fields.shown = show("another-value-7777");
    await engine.refresh();
    expect(engine.outputs.status).toBe("rotated");
  });

  it("is not told by a field that has nothing of the value", async () => {
    const { engine, server } = await created(withFields({ shown: {} }));
    for (const shown of ["blue", "green", "2026-06-01T12:00:00Z", "4f9a2c4f9a2c4f9a"]) {
      server.key("key-1").fields.shown = shown;
      await engine.refresh();
      expect(engine.outputs).toMatchObject({ status: "active", shown });
    }
  });

  it.each(["hex", "base64"] as const)(
    "is told by the SHA-256 of the value, in %s, that the vendor tells",
    async (encoding) => {
      const hashOf = (value: string) => createHash("sha256").update(value).digest(encoding);
      const { engine, server } = await created(withFields({ hash: {}, label: {} }));
      engine.state = {
        ...engine.known(),
        outputs: { ...engine.outputs, hash: hashOf("canary-value-1"), label: "blue" },
      };
      const { fields } = server.key("key-1");
      Object.assign(fields, { hash: hashOf("canary-value-1"), label: "green" });
      await engine.refresh();
      expect(engine.outputs).toMatchObject({ status: "active", label: "green" });
      fields.hash = hashOf("another");
      await engine.refresh();
      expect(engine.outputs).toMatchObject({ status: "rotated", hash: hashOf("canary-value-1") });
    },
  );

  it("is told by such a part though state does not have it: it follows from the value", async () => {
    const lastFour = {
      wire: { created: { field: "value", part: ".{4}$" }, read: "last", listed: "last" },
    } as const;
    const { engine, server } = await created(withFields({ lastFour }));
    expect(engine.outputs).not.toHaveProperty("lastFour");
    server.key("key-1").fields.lastFour = "ue-1";
    await engine.refresh();
    expect(engine.outputs).toMatchObject({ status: "active", lastFour: "ue-1" });
    const { lastFour: _, ...outputs } = engine.outputs;
    engine.state = { ...engine.known(), outputs };
    server.key("key-1").fields.lastFour = "zzzz";
    await engine.refresh();
    expect(engine.outputs.status).toBe("rotated");
    expect(await engine.up()).toBe("replace");
  });
});

describe("a prefix that only the list tells", () => {
  const definition = withFields({ prefix: {} });

  async function listed(prefix: string) {
    const bench = await created(definition);
    await bench.engine.destroy();
    const create = bench.server.create.bind(bench.server);
    bench.server.create = async (...request) => {
      const { fields, ...made } = await create(...request);
      const { prefix: _, ...told } = fields;
      return { ...made, fields: told };
    };
    await bench.engine.up();
    bench.world.time += 3_600_000;
    bench.server.tell = (fields) => ({ ...fields, prefix });
    await bench.engine.refresh();
    return bench;
  }

  it("and that the value does not begin with is no proof of a rotation, for it may be no part of the value: a warning says so, once", async () => {
    const { engine } = await listed("zz_rotat");
    expect(engine.outputs).toMatchObject({ status: "active", prefix: "zz_rotat" });
    expect(engine.warnings).toEqual([
      expect.stringMatching(
        /^Acme tells the prefix of the Acme key "ci-\d+" as "zz_rotat", and the value in state is not like it\. If the key was rotated at the vendor, .+ change rotation\.triggers\./,
      ),
    ]);
    expect(await engine.up()).toBe("same");
    expect(await engine.refresh()).toBe("same");
    expect(engine.warnings).toEqual([]);
  });

  it.each(["canary-v", "value-2", "canary…", "****lue-2"])(
    "is without a warning where it is %s",
    async (prefix) => {
      const { engine } = await listed(prefix);
      expect(engine.warnings).toEqual([]);
      expect(engine.outputs.status).toBe("active");
    },
  );

  it("proves a rotation where it is another at a later look", async () => {
    const { engine, server } = await listed("canary-v");
    server.tell = (fields) => ({ ...fields, prefix: "zz_rotat" });
    await engine.refresh();
    expect(engine.outputs.status).toBe("rotated");
  });
});
