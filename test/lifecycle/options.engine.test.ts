import { useStack } from "../support/engine/fixture";
import { upAsPlanned } from "../support/engine/plan";
import { liveKeys, requests } from "../support/engine/vendors";

const firstOptions = {
  protected: "{ protect: true }",
  ignoring: `{ ignoreChanges: ["permissions"] }`,
  unrepaired: `{ ignoreChanges: ["status"] }`,
  retained: "{ retainOnDelete: true }",
  reversed: "{ deleteBeforeReplace: true }",
  plain: "{}",
  other: "{}",
  mail: "{ deleteBeforeReplace: false }",
};
type Key = keyof typeof firstOptions;

/** What the program asks of its keys. */
interface Asked {
  readonly options: Readonly<Record<Key, string>>;
  /** Why a key is to be renewed; keys that are not named never were. */
  readonly reasons: Readonly<Partial<Record<Key, string>>>;
  readonly permission: string;
  /** What the resource of the plain key is called. */
  readonly plainName: string;
  /** What more the program declares. */
  readonly more: string;
}

/** What docs/resource-options.md promises, one by one, of one stack from one test to the next. */
describe("the resource option", () => {
  const at = useStack("suite");
  let adoptedId: string;
  let retainedIds: string[];
  let asked: Asked = { options: firstOptions, reasons: {}, permission: "a", plainName: "plain", more: "" };

  function ask(change: Partial<Asked>): void {
    asked = { ...asked, ...change };
    const { options, reasons, permission, plainName, more } = asked;
    const rest = (key: Key) =>
      `rotation: { triggers: { reason: "${reasons[key] ?? "none"}" } } }, ${options[key]}`;
    at.stack.setProgram(`
      const { xentree, sendkit } = require("pulumi-apikeys");
      new xentree.ApiKey("protected", { ${rest("protected")});
      new xentree.ApiKey("ignoring", { permissions: ["${permission}"], ${rest("ignoring")});
      new xentree.ApiKey("unrepaired", { ${rest("unrepaired")});
      new xentree.ApiKey("retained", { ${rest("retained")});
      new xentree.ApiKey("reversed", { ${rest("reversed")});
      new xentree.ApiKey("${plainName}", { ${rest("plain")});
      new xentree.ApiKey("other", { ${rest("other")});
      new xentree.ApiKey("adopted", { adopt: "${adoptedId}" });
      new sendkit.ApiKey("mail", { workspaceId: "${at.sandbox.credentials.sendkit.workspaceId}", ${rest("mail")});
      ${more}`);
  }
  const renew = (...keys: Key[]) =>
    ask({ reasons: { ...asked.reasons, ...Object.fromEntries(keys.map((key) => [key, "leak"])) } });

  const live = () => liveKeys(at.sandbox, "xentree");
  const idOf = async (key: string) => (await at.stack.resource(key)).id;
  const fails = async (...args: string[]) => {
    const { exitCode, output } = await at.stack.pulumi([...args, "--yes", "--skip-preview"], {
      allowFailure: true,
    });
    expect(exitCode).not.toBe(0);
    return output;
  };

  beforeAll(async () => {
    adoptedId = at.sandbox.createOutOfBand("xentree", { name: "theirs" }).id;
    ask({});
    await at.stack.up("--skip-preview");
  });
  beforeEach(() => at.sandbox.journal.clear());

  it("ignoreChanges: leaves alone a field that the program or the vendor changes, and a status that is no longer active", async () => {
    const unchanged = /Resources:\s+10 unchanged/;
    ask({ permission: "b" });
    expect((await at.stack.up("--skip-preview")).output).toMatch(unchanged);
    at.sandbox.changeOutOfBand("xentree", await idOf("ignoring"), { permissions: ["c"] });
    at.sandbox.deactivateOutOfBand("xentree", await idOf("unrepaired"));
    await at.stack.refresh("--skip-preview");
    expect((await at.stack.resource("ignoring")).outputs.permissions).toEqual(["c"]);
    expect((await at.stack.resource("unrepaired")).outputs.status).toBe("revoked");
    expect((await at.stack.up("--skip-preview")).output).toMatch(unchanged);
  });

  it("retainOnDelete: leaves the old key alive after a rotation", async () => {
    const before = await idOf("retained");
    renew("retained");
    await at.stack.up("--skip-preview");
    retainedIds = [before, await idOf("retained")];
    expect(retainedIds[1]).not.toBe(before);
    expect(live()).toEqual(expect.arrayContaining(retainedIds));
    expect(requests(at.sandbox, "DELETE")).toEqual([]);
  });

  it("deleteBeforeReplace: revokes the old key first", async () => {
    renew("reversed");
    await at.stack.up("--skip-preview");
    expect(requests(at.sandbox).map((request) => request.split(" ")[0])).toEqual(["DELETE", "POST"]);
  });

  it("deleteBeforeReplace: false on SendKit fails before any change, for the workspace has one place", async () => {
    const before = await idOf("mail");
    renew("mail");
    expect(await fails("up")).toMatch(/already has a key, .*can have only one/);
    expect(liveKeys(at.sandbox, "sendkit")).toEqual([before]);

    ask({ options: { ...asked.options, mail: "{}" } });
    await at.stack.up("--skip-preview");
    const after = await idOf("mail");
    expect(after).not.toBe(before);
    expect(liveKeys(at.sandbox, "sendkit")).toEqual([after]);
  });

  it("--target: rotates the targeted key and leaves the other as it was", async () => {
    const before = [await at.stack.resource("plain"), await at.stack.resource("other")];
    renew("plain", "other");
    await at.stack.up("--skip-preview", "--target", before[0]?.urn ?? "");
    expect(await idOf("plain")).not.toBe(before[0]?.id);
    expect(await idOf("other")).toBe(before[1]?.id);
    ask({ reasons: { ...asked.reasons, other: "none" } });
  });

  it("--replace: makes a new key under a new name and revokes the old one, but takes an adopted one over again", async () => {
    const [before, adopted] = [await at.stack.resource("plain"), await at.stack.resource("adopted")];
    const { output } = await at.stack.up("--skip-preview", "--replace", before.urn, "--replace", adopted.urn);
    const after = await at.stack.resource("plain");
    expect(after.inputs.name).not.toBe(before.inputs.name);
    expect(live()).toContain(after.id);
    expect(live()).not.toContain(before.id);
    expect(output).toMatch(/was not revoked/);
    expect(await idOf("adopted")).toBe(adoptedId);
    expect(live()).toContain(adoptedId);
  });

  it("aliases: renames the resource and keeps the key and its name", async () => {
    const before = await at.stack.resource("plain");
    ask({
      plainName: "deploy",
      options: { ...asked.options, plain: `{ aliases: [{ name: "plain" }] }` },
    });
    await at.stack.up("--skip-preview");
    expect(requests(at.sandbox)).toEqual([]);
    const after = await at.stack.resource("deploy");
    expect([after.id, after.inputs.name]).toEqual([before.id, before.inputs.name]);
  });

  it("--plan: refuses a plan in which a key is created, for its name and dates are made anew", async () => {
    ask({ more: `new xentree.ApiKey("planned", {});` });
    const { exitCode, output } = await upAsPlanned(at.stack);
    expect(exitCode).not.toBe(0);
    expect(output).toContain("violates plan");
    expect(requests(at.sandbox)).toEqual([]);
  });

  it("protect: refuses destroy and every up in which a rotation is due, and loses nothing", async () => {
    const before = live();
    ask({ more: "" });
    renew("protected");
    expect(await fails("up")).toMatch(/protect/);
    expect(live()).toEqual(before);
    // The destroy may revoke the others.
    expect(await fails("destroy")).toMatch(/protect/);
    expect(live()).toContain(await idOf("protected"));
  });

  it("retainOnDelete: leaves the key alive after destroy as well, and no other is left", async () => {
    await at.stack.pulumi(["state", "unprotect", "--all", "--yes"]);
    await at.stack.destroy("--skip-preview");
    expect(live().toSorted()).toEqual(retainedIds.toSorted());
  });
});
