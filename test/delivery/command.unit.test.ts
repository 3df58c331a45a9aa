import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ConfiguredStores } from "../../provider/delivery/configuredStores";
import { failure } from "../support/lifecycle/modelEngine";

describe("the store command", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-command-"));
  const file = path.join(folder, "taken");
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const stores = new ConfiguredStores(undefined, { PATH: process.env.PATH });
  const node = (script: string) => [process.execPath, "-e", script, file];
  const take = node(`
    let text = "";
    process.stdin.on("data", (chunk) => { text += chunk; });
    process.stdin.on("end", () => require("fs").writeFileSync(process.argv[1], JSON.stringify({ text, argv: process.argv })));
  `);
  const open = (command: readonly string[], more: object = {}) =>
    stores.open({ store: "command", command, ...more });

  it("has the value on its standard input, and in no argument", async () => {
    const store = await open(take);
    await store.probe();
    await store.write({ "": "canary-1" }, undefined);
    const { text, argv } = JSON.parse(readFileSync(file, "utf8"));
    expect([text, JSON.stringify(argv).includes("canary")]).toEqual(["canary-1", false]);
  });

  it("is told to remove what it took, where the program says how", async () => {
    const store = await open(take, {
      remove: node("require('fs').writeFileSync(process.argv[1], 'removed')"),
    });
    await store.write({ "": "canary-1" }, undefined);
    await store.remove({ fields: { "": "x" }, receipt: {} });
    expect(readFileSync(file, "utf8")).toBe("removed");
  });

  it("fails with its exit code, and without what it prints", async () => {
    const store = await open(
      node("process.stdin.pipe(process.stderr); process.stdin.on('end', () => process.exit(3))"),
    );
    const error = await failure(store.write({ "": "canary-1" }, undefined));
    expect([error.code, error.message.includes("canary"), error.message]).toEqual([
      "DELIVERY_FAILED",
      false,
      expect.stringMatching(/failed: exit code 3\. Its output is not shown/),
    ]);
  });

  it("is refused by the probe where there is no such program", async () => {
    const error = await failure((await open(["no-such-program-here"])).probe());
    expect(error.message).toMatch(/there is no program no-such-program-here on PATH/);
  });

  it("cannot have fields, nor a previous value", async () => {
    const problems = await stores.problems([{ store: "command", command: ["x"], previous: "b" }], {
      valueInState: true,
    });
    expect(problems.join()).toMatch(/"previous", which is nothing that a delivery to a command has/);
  });
});
