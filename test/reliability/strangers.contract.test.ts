import type { ServiceDefinitionInput } from "../../provider/definition/definition";
import { closeAll } from "../support/http/loopback";
import { HttpWorld } from "../support/lifecycle/httpWorld";
import { failure, ModelEngine } from "../support/lifecycle/modelEngine";
import { weekly } from "../support/lifecycle/overlap";
import { parse } from "../support/vendor/definitions";
import { PlainVendor, plainDefinition } from "../support/vendor/plainVendor";
import { sees, title } from "./matrix";

const dayMs = 86_400_000;
const scopes = ["read"];

async function begin(more?: Partial<ServiceDefinitionInput>) {
  const clock = { now: Date.parse("2026-06-01T12:00:00Z") };
  const vendor = await PlainVendor.start(() => clock.now);
  const definition = parse(plainDefinition(more));
  const settings = { listLagSeconds: 0, attempts: 1 };
  const world = new HttpWorld(
    { definition, credentials: { token: "t" } },
    vendor.url,
    () => clock.now,
    settings,
  );
  return { clock, vendor, engine: new ModelEngine(world) };
}

afterEach(closeAll);

describe("keys of others:", () => {
  it(title("create.nameless"), async () => {
    const { vendor, engine } = await begin({ fields: { name: null } });
    // The request never arrives, and a colleague makes a key of the same shape meanwhile.
    vendor.onCreate = () => {
      vendor.onCreate = () => true;
      vendor.issue({ scopes });
      return false;
    };
    const { message } = await failure(engine.up({ scopes }));
    expect(message).toMatch(sees("create.nameless"));
    expect(vendor.ids).toEqual(["k1"]);
  });

  it.each([
    ["after the overlap", {}],
    ["with revokeNow", { revokeNow: true }],
  ])(`${title("rotate.reused-id")}: %s`, async (_, more) => {
    const { clock, vendor, engine } = await begin({ reusesIds: true });
    await engine.up({ scopes, ...weekly(1) });
    // Our key was deleted behind our back, and a colleague's new key got its id.
    vendor.keys = [];
    clock.now += dayMs;
    const { key } = vendor.issue({ name: "theirs", scopes: ["admin"] });
    key.id = "k1";
    await engine.up({ scopes, ...weekly(2, more) });
    const told = [...engine.warnings];
    clock.now += 8 * dayMs;
    await engine.up({ scopes, ...weekly(2, more) });
    expect([...told, ...engine.warnings].join("\n")).toMatch(sees("rotate.reused-id"));
    expect(vendor.ids).toEqual(["k1", "k3"]);
  });

  it(title("refresh.undeclared"), async () => {
    const { vendor, engine } = await begin();
    vendor.issue({ name: "theirs" });
    await engine.up({ scopes });
    const before = engine.outputs;
    vendor.showsOnePage = true;
    const { message } = await failure(engine.refresh());
    expect(message).toMatch(sees("refresh.undeclared"));
    expect(engine.outputs).toEqual(before);
    vendor.showsOnePage = false;
    expect(await engine.refresh()).toBe("same");
  });

  it(title("refresh.rotated"), async () => {
    const { vendor, engine } = await begin();
    await engine.up({ scopes });
    for (const key of vendor.keys) key.prefix = "zz9_";
    await engine.refresh();
    expect(engine.warnings.join("\n")).toMatch(sees("refresh.rotated"));
    expect(engine.outputs).toMatchObject({ status: "rotated", prefix: "pk1_" });
    expect(await engine.up({ scopes })).toBe("replace");
    expect(vendor.ids).toEqual(["k2"]);
  });
});
