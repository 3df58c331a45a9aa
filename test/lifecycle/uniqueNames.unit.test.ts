import { ApiKeysError } from "../../provider/base/errors";
import type { ServiceDefinition } from "../../provider/definition/definition";
import type { Vendor } from "../../provider/vendor";
import type { Properties } from "../support/lifecycle/lifecycle";
import { checked, created } from "../support/lifecycle/modelEngine";
import { renewed, weekly } from "../support/lifecycle/overlap";
import { day } from "../support/lifecycle/world";
import { withFields } from "../support/vendor/deviating";

const region = { region: { input: "optional" } } as const;
const unique = () => withFields(region, { uniqueNames: true });
const suffixing = (maxLength = 40) =>
  withFields({ ...region, name: { input: "optional", maxLength } }, { uniqueNames: "suffix" });

describe("a vendor that refuses a second key of the same name", () => {
  it("gets the old key revoked first where the name stays", async () => {
    const { engine, server } = await created(unique(), { name: "ci", region: "eu" });
    expect(await engine.up({ name: "ci", region: "us" })).toBe("replace");
    expect(server.calls).toEqual(["revoke key-1", "create"]);
  });

  it("cannot have two keys beside each other, which is told in advance", async () => {
    const bench = await created(unique());
    expect(checked(bench, weekly(1)).failures).toEqual([
      "acme.ApiKey: rotation.overlap cannot be kept: Acme refuses a second key of the same name beside the first.",
    ]);
  });
});

/** A vendor that tells names in a way of its own, and refuses a second key of what is the same to it. */
async function renaming(definition: ServiceDefinition, args: Properties, way: (name: string) => string) {
  const bench = await created(definition, args);
  const { engine, server } = bench;
  server.tell = ({ name, ...told }) => ({ ...told, name: way(String(name)) });
  const create = server.create.bind(server);
  server.create = async (pathParameters, inputs) => {
    const taken = server.keys.filter(({ live }) => live).map(({ fields }) => way(String(fields.name)));
    if (taken.includes(way(String(inputs.name)))) throw new ApiKeysError("HTTP_PROBLEM", "HTTP 409.");
    return create(pathParameters, inputs);
  };
  // Looked at for the first time only now.
  await engine.destroy();
  await engine.up(args);
  await engine.refresh();
  server.calls.length = 0;
  return bench;
}

describe.each<[string, (name: string) => string]>([
  ["in small letters", (name) => name.toLowerCase()],
  ["with other marks between the words", (name) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "_")],
  ["without the first word", (name) => name.replace("Prod ", "")],
])("where the vendor tells names %s, after the first look,", (_, way) => {
  it("a key whose name stays is still revoked before its successor is made", async () => {
    const args = (region: string) => ({ name: "Prod Key", region });
    const { engine, server } = await renaming(unique(), args("eu"), way);
    expect(await engine.up(args("us"))).toBe("replace");
    expect(server.calls).toEqual(["revoke key-2", "create"]);
    await engine.refresh();
    expect(await engine.up(args("us"))).toBe("same");
  });

  it("the number behind the name counts on, beside the current key and in its place", async () => {
    const args = (version: number) => ({ name: "Prod Key", ...weekly(version) });
    const { engine, server } = await renaming(suffixing(), args(1), way);
    for (const version of [2, 3]) {
      await engine.up(args(version));
      await engine.refresh();
      expect(await engine.up(args(version))).toBe("same");
    }
    await engine.up({ name: "Prod Key", region: "us" });
    const names = server.keys.slice(1).map(({ fields }) => fields.name);
    expect(names).toEqual(["Prod Key", "Prod Key-2", "Prod Key-3", "Prod Key-4"]);
    await engine.refresh();
    await engine.up({ name: "Billing", region: "us" });
    expect(server.keys.at(-1)?.fields.name).toBe("Billing");
  });
});

it("what a rotation has left is found by its name, also where the vendor tells it in small letters", async () => {
  const args = (version: number) => ({ logicalName: "CI", ...weekly(version) });
  const { engine, server } = await created(suffixing(), args(1));
  server.tell = ({ name, ...told }) => ({ ...told, name: String(name).toLowerCase() });
  server.issue({}, { name: `${engine.outputs.name}-2` });
  await engine.up(args(2));
  expect(server.live).toEqual(["key-1", "key-3"]);
});

describe("a renewed key at a vendor that wants another name, and gets a number behind it,", () => {
  const named = (version: number) => ({ name: "ci", ...weekly(version) });

  it("counts on beside each key before it", async () => {
    const { engine, server } = await created(suffixing(), named(1));
    for (const version of [2, 3]) await engine.up(named(version));
    expect(server.keys.map(({ fields }) => fields.name)).toEqual(["ci", "ci-2", "ci-3"]);
    expect(engine.outputs).toMatchObject({ name: "ci-3", generation: 3, previousKeyId: "key-2" });
    expect(engine.warnings.join()).not.toMatch(/changed name|ignored name/);
  });

  it("is quiet afterwards, and through a refresh", async () => {
    const { engine } = await created(suffixing(), named(1));
    await engine.up(named(2));
    expect(await engine.up(named(2))).toBe("same");
    expect(await engine.refresh()).toBe("same");
    expect(await engine.up(named(2))).toBe("same");
  });

  it("is so in the place of one that is replaced, too", async () => {
    const { engine, server } = await created(suffixing(), { name: "ci", region: "eu" });
    expect(await engine.up({ name: "ci", region: "us" })).toBe("replace");
    expect(server.calls.filter((call) => !call.startsWith("list"))).toEqual(["create", "revoke key-1"]);
    expect(engine.outputs.name).toBe("ci-2");
    expect(await engine.up({ name: "ci", region: "us" })).toBe("same");
    await engine.up({ name: "ci", region: "eu" });
    expect(engine.outputs.name).toBe("ci-3");
  });

  it("takes the program's new name as it is", async () => {
    const { engine } = await created(suffixing(), named(1));
    await engine.up(named(2));
    await engine.up({ ...named(2), name: "billing" });
    expect(engine.outputs.name).toBe("billing");
    await engine.up({ ...named(3), name: "billing" });
    expect(engine.outputs.name).toBe("billing-2");
  });

  it("stays within the length of names", async () => {
    const { engine } = await created(suffixing(6), { ...named(1), name: "server" });
    await engine.up({ ...named(2), name: "server" });
    expect(engine.outputs.name).toBe("serv-2");
    await engine.up({ ...named(3), name: "server" });
    expect(engine.outputs.name).toBe("serv-3");
  });

  it("has it behind a name that we made up only where that would repeat", async () => {
    const { engine, server } = await created(suffixing(), weekly(1));
    await engine.up(weekly(2));
    expect(engine.outputs.name).toBe("ci-0000001-2");
    const other = await created(suffixing(), { region: "eu" });
    await other.engine.up({ region: "us" });
    expect(other.engine.outputs.name).toBe("ci-0000002");
    expect(server.live).toHaveLength(2);
  });

  it("is found by that name when its create's answer is lost", async () => {
    const { engine, server } = await created(suffixing(), weekly(1));
    server.createFaults = ["lost after commit"];
    await engine.up(weekly(2));
    expect(server.live).toEqual(["key-1", "key-3"]);
    expect(engine.outputs).toMatchObject({ keyId: "key-3", name: "ci-0000001-2" });
  });

  it("is found by that name, too, when a rotation was cut short", async () => {
    const { engine, server } = await created(suffixing(), weekly(1));
    server.issue({}, { name: "ci-0000001-2" });
    await engine.up(weekly(2));
    expect(server.live).toEqual(["key-1", "key-3"]);
  });

  it("leaves a colleague's key alone whose name the program chooses for it", async () => {
    const { engine, server } = await created(suffixing(), weekly(1));
    server.issue({}, { name: "billing" });
    await engine.up({ ...weekly(2), name: "billing" });
    expect(server.live).toEqual(["key-1", "key-2", "key-3"]);
  });

  it("is revoked under its own name, and not under its successor's", async () => {
    const { engine, server, world } = await renewed(suffixing());
    const revoke: Vendor["revoke"] = server.revoke.bind(server);
    const names: unknown[] = [];
    const watched: Vendor["revoke"] = async (pathParameters, keyId, name, known) => {
      names.push([name, known?.name]);
      return revoke(pathParameters, keyId, name, known);
    };
    server.revoke = watched as typeof server.revoke;
    world.time += 7 * day;
    await engine.up(weekly(2));
    expect(names).toEqual([["ci-0000001", "ci-0000001"]]);
  });

  it("keeps it through a change of other fields in place", async () => {
    const definition = withFields(region, {
      uniqueNames: "suffix",
      path: "/v1/keys",
      operations: { update: { method: "PUT" } },
    });
    const { engine, server } = await created(definition, { ...named(1), region: "eu" });
    await engine.up({ ...named(2), region: "eu" });
    const sent: unknown[] = [];
    const update = server.update;
    if (!update) throw new Error("The model changes nothing in place.");
    server.update = async (pathParameters, known, inputs, changed) => {
      sent.push(inputs.name);
      return update(pathParameters, known, inputs, changed);
    };
    expect(await engine.up({ ...named(2), region: "us" })).toBe("update");
    expect(sent).toEqual(["ci-2"]);
    expect(engine.outputs).toMatchObject({ name: "ci-2", region: "us" });
    expect(await engine.up({ ...named(2), region: "us" })).toBe("same");
  });
});
