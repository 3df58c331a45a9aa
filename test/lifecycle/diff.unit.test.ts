import { unknownValue } from "../../provider/base/unknown";
import { check, diff, type Properties } from "../support/lifecycle/lifecycle";
import { created, program } from "../support/lifecycle/modelEngine";
import { day } from "../support/lifecycle/world";
import { acme, applications, parse, sendkit, xentree } from "../support/vendor/definitions";

type Bench = Awaited<ReturnType<typeof created>>;

/** What a preview of the program with these arguments would say. */
function plan({ world, engine }: Bench, args: Properties) {
  const { inputs, failures } = check(world, engine.known().inputs, program(world.definition, args));
  expect(failures).toEqual([]);
  return diff(world, engine.outputs, inputs);
}

const quiet = { changes: false, replaces: [] };
const args = {
  name: "billing",
  permissions: ["read", "write"],
  rateLimitPerMinute: 60,
  expiresAt: "2027-01-01T00:00:00Z",
  allowedIps: ["203.0.113.7"],
  organizationId: "7c60d51f-b44e-4682-87d6-449835ea4de6",
};

describe("a program", () => {
  it("that needs a new key through a connection to another server is refused before a key is created", async () => {
    const bench = await created(xentree, { permissions: ["read"] });
    bench.server.origin = "https://elsewhere.example";
    expect(() => plan(bench, { permissions: ["write"] })).toThrow(/was created at https:\/\/vendor\.example/);
    expect(plan(bench, { permissions: ["read"] })).toMatchObject(quiet);
  });

  it("may name a set of which a part is not known yet", async () => {
    const bench = await created(xentree, { allowedIps: ["203.0.113.7", "203.0.113.8"] });
    const allowedIps = [unknownValue, "203.0.113.7"];
    expect(plan(bench, { allowedIps })).toMatchObject({ changes: true, replaces: ["allowedIps"] });
  });

  it("that did not change leads to no step and no request", async () => {
    const bench = await created(xentree, args);
    expect(plan(bench, args)).toMatchObject(quiet);
    expect(bench.server.calls).toEqual([]);
  });

  it("that says the same in other words leads to no step", async () => {
    const bench = await created(xentree, args);
    const reworded = {
      ...args,
      permissions: ["write", "read", "write"],
      expiresAt: "2027-01-01T02:00:00+02:00",
    };
    expect(plan(bench, reworded)).toMatchObject(quiet);
  });

  it.each<[string, Properties]>([
    ["name", { name: "other" }],
    ["permissions", { permissions: ["read"] }],
    ["permissions", { permissions: undefined }],
    ["rateLimitPerMinute", { rateLimitPerMinute: 61 }],
    ["expiresAt", { expiresAt: "2027-01-01T00:00:01Z" }],
    ["expiresAt", { expiresAt: undefined }],
    ["allowedIps", { allowedIps: [] }],
    ["organizationId", { organizationId: undefined }],
  ])("that changes %s leads to a replacement: %j", async (name, change) => {
    const bench = await created(xentree, args);
    const asked = Object.fromEntries(
      Object.entries({ ...args, ...change }).filter(([, value]) => value !== undefined),
    );
    expect(plan(bench, asked)).toMatchObject({
      changes: true,
      visible: true,
      replaces: [name],
      deleteBeforeReplace: false,
    });
  });

  it.each(["permissions", "rateLimitPerMinute", "expiresAt", "name"])(
    "in which %s is not known yet shows a replacement, for it may well come",
    async (name) => {
      const bench = await created(xentree, args);
      expect(plan(bench, { ...args, [name]: unknownValue }).replaces).toEqual([name]);
    },
  );

  it.each([
    [
      "applications",
      applications,
      { applicationId: "123e4567-e89b-12d3-a456-426614174001" },
      "applicationId",
      false,
    ],
    ["sendkit", sendkit, { workspaceId: "ws_staging" }, "workspaceId", true],
    ["sendkit", sendkit, { workspaceId: unknownValue }, "workspaceId", true],
  ])(
    "of %s that moves the key to another parent asks for another key",
    async (_, definition, change, name, first) => {
      const bench = await created(definition);
      expect(plan(bench, change)).toMatchObject({ replaces: [name], deleteBeforeReplace: first });
    },
  );

  it("that changes the service leads to a replacement", async () => {
    const { world, engine } = await created(xentree);
    const inputs = { ...program(applications), name: "ci" };
    expect(diff(world, engine.outputs, inputs).replaces).toEqual(
      expect.arrayContaining(["service", "applicationId"]),
    );
  });

  it("that changes several fields leads to one replacement for all of them", async () => {
    const bench = await created(xentree, args);
    const change = { permissions: [], allowedIps: ["198.51.100.0/24"], rotation: { triggers: { v: 1 } } };
    expect(plan(bench, { ...args, ...change }).replaces).toEqual(["permissions", "allowedIps", "rotation"]);
  });
});

describe("a lifetime", () => {
  const lifetime = { expiresIn: "90d" };

  it("that stays leads to no step, though the key's own expiry is a date", async () => {
    expect(plan(await created(xentree, lifetime), lifetime)).toMatchObject(quiet);
  });

  it.each([["1d"], ["91d"], [unknownValue]])("that becomes %p asks for another key", async (expiresIn) => {
    expect(plan(await created(xentree, lifetime), { expiresIn }).replaces).toEqual(["expiresIn"]);
  });

  it("that is unknown, when there was none, shows a replacement", async () => {
    expect(plan(await created(xentree), { expiresIn: unknownValue }).replaces).toEqual(["expiresIn"]);
  });

  it("in another unit is the same: the records follow, the key stays", async () => {
    expect(plan(await created(xentree, lifetime), { expiresIn: "2160h" })).toMatchObject({
      changes: true,
      replaces: [],
    });
  });

  it("that is removed leads to a key without an expiry", async () => {
    expect(plan(await created(xentree, lifetime), {}).replaces).toEqual(["expiresAt"]);
  });

  it("that is replaced by the same date leads to no step", async () => {
    const plans = plan(await created(xentree, lifetime), { expiresAt: "2026-08-30T12:00:00Z" });
    expect(plans).toMatchObject({ changes: true, replaces: [] });
  });
});

describe("the records alone change", () => {
  it.each<[string, Properties]>([
    ["with another period that is not due", { rotation: { every: "90d" } }],
    ["with no period any more", {}],
    ["with another connection to the same server", { rotation: { every: "30d" }, connection: "second" }],
  ])("%s, and the key stays", async (_, change) => {
    const bench = await created(xentree, { rotation: { every: "30d" } });
    expect(plan(bench, change)).toMatchObject({ changes: true, visible: true, replaces: [] });
  });

  it("with another text of a user's definition, and the key stays", async () => {
    const bench = await created(parse(acme()));
    const definition = { ...acme(), title: "Acme, Inc." };
    expect(plan(bench, { definition })).toMatchObject({ changes: true, replaces: [] });
  });
});

describe("another connection", () => {
  it("that leads to another server leads to a replacement", async () => {
    expect(plan(await created(xentree), { connection: "elsewhere" }).replaces).toEqual(["connection"]);
  });

  it("that is not known yet shows a replacement", async () => {
    expect(plan(await created(xentree), { connection: unknownValue }).replaces).toEqual(["connection"]);
  });
});

describe("a renewal", () => {
  it.each<[string, Properties, Properties, number, string]>([
    [
      "by a trigger",
      { rotation: { triggers: { v: 1 } } },
      { rotation: { triggers: { v: 2 } } },
      0,
      "rotation",
    ],
    ["by period", { rotation: { every: "30d" } }, { rotation: { every: "30d" } }, 30, "dueAt"],
    ["by lifetime", { expiresIn: "30d" }, { expiresIn: "30d" }, 30, "dueAt"],
  ])("%s is shown, with its reason", async (_, before, after, days, reason) => {
    const bench = await created(xentree, before);
    bench.world.time += days * day;
    expect(plan(bench, after)).toMatchObject({ changes: true, visible: true, replaces: [reason] });
  });

  it("of a key that was revoked is shown, with its reason", async () => {
    const bench = await created(xentree);
    bench.server.key("key-1").fields.active = false;
    await bench.engine.refresh();
    expect(plan(bench, {})).toMatchObject({ changes: true, visible: true, replaces: ["status"] });
  });

  it("revokes the old key first where two cannot exist side by side", async () => {
    const bench = await created(sendkit, { rotation: { triggers: { v: 1 } } });
    expect(plan(bench, { rotation: { triggers: { v: 2 } } }).deleteBeforeReplace).toBe(true);
  });

  it.each([
    ["fixed by the program", { name: "billing" }, true],
    ["made up anew each time", {}, false],
  ])("revokes the old key first where names are unique and the name is %s", async (_, name, first) => {
    const bench = await created(parse({ ...acme(), uniqueNames: true }), {
      ...name,
      rotation: { triggers: { v: 1 } },
    });
    expect(plan(bench, { ...name, rotation: { triggers: { v: 2 } } }).deleteBeforeReplace).toBe(first);
  });

  it("under a new name stands beside the old key even where names are unique", async () => {
    const bench = await created(parse({ ...acme(), uniqueNames: true }), { name: "billing" });
    expect(plan(bench, { name: "billing-2" })).toMatchObject({
      replaces: ["name"],
      deleteBeforeReplace: false,
    });
  });
});
