import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { Target } from "../../provider/delivery/store";
import { programsOf } from "../support/documents";
import { useStack } from "../support/engine/fixture";
import { RunningStores, storeCases } from "../support/stores/running";

/** What a program delivers to, as its text has it: the name of a store, or of one that it defines. */
const storeOf = (source: string) =>
  /defineStore\(\{\s*name: "([\w-]+)"/.exec(source)?.[1] ?? /store: "([\w-]+)"/.exec(source)?.[1] ?? "age";

const programs = programsOf("docs/delivery.md").map(({ place, source }, index) => {
  const name = `ci-${index}`;
  const store = storeOf(source);
  // All of them are one stack, in which each key has a name of its own.
  const renamed = source.replace('ApiKey("ci"', `ApiKey("${name}"`);
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 };
  return { place, store, name, script: ts.transpileModule(renamed, { compilerOptions: options }).outputText };
});
const cases = storeCases.filter(({ name }) => programs.some(({ store }) => store === name));
const absent = new Set(cases.filter(({ canRun }) => !canRun).map(({ name }) => name));
const here = programs.filter(({ store }) => !absent.has(store));
const delivering = here.filter(({ store }) => store !== "age");
const missing = programs.filter(({ store }) => absent.has(store));

describe("docs/delivery.md:", () => {
  const at = useStack("suite");
  let stores: RunningStores;
  const targets = new Map<string, readonly Target[]>();

  const file = (name: string) => path.join(at.stack.dir, name);
  const textOf = (name: string) =>
    existsSync(file(name)) ? readFileSync(file(name), "utf8").trim() : undefined;
  /** What whoever uses the key finds. */
  const held = async (target: Target) => {
    if (target.store === "file") return textOf(String(target.path))?.split("=")[1];
    return target.store === "command" ? textOf("put-ci") : stores.held(target);
  };
  const heldOf = (name: string) => Promise.all((targets.get(name) ?? []).map(held));
  const live = () => at.sandbox.keys("xentree").filter((key) => key.live);

  beforeAll(async () => {
    stores = await RunningStores.start(cases.filter(({ canRun }) => canRun));
    at.stack.setEnv(stores.environment);
    await at.stack.setConfig(stores.config, "plaintext");
    writeFileSync(file("put.sh"), '#!/bin/sh\ncat > "put-$1"\n', { mode: 0o755 });
    writeFileSync(file("remove.sh"), '#!/bin/sh\nrm "put-$1"\n', { mode: 0o755 });
    for (const { name, script } of here) writeFileSync(file(`${name}.js`), script);
    at.stack.setProgram(here.map(({ name }) => `exports["${name}"] = require("./${name}.js");`).join("\n"));
    await at.stack.up("--skip-preview", "--parallel", String(here.length));
    for (const { name } of here) {
      const { inputs } = await at.stack.resource(name);
      targets.set(name, (inputs?.deliver as readonly Target[] | undefined) ?? []);
    }
  });
  afterAll(() => stores?.stop());

  it("has a program for each store", () => {
    const builtIn = storeCases.map(({ name }) => name);
    expect(new Set(programs.map(({ store }) => store))).toEqual(
      new Set([...builtIn, "file", "command", "age"]),
    );
  });

  it.each(delivering)("the program at $place takes its key to $store", async ({ name }) => {
    const [key, ...others] = live().filter((one) => one.name.startsWith(`${name}-`));
    expect([others, await heldOf(name)]).toEqual([[], [key?.value]]);
  });

  it("the program with `encryptTo` has an output that anyone may see", async () => {
    const outputs = Object.values(await at.stack.outputs());
    expect(outputs).toContainEqual({ sealed: expect.stringMatching(/^-----BEGIN AGE ENCRYPTED FILE-----/) });
  });

  describe("destroyed,", () => {
    beforeAll(async () => {
      await at.stack.destroy("--skip-preview");
    });

    it.each(delivering)("the key of the program at $place is gone from $store", async ({ name }) => {
      expect([live(), await heldOf(name)]).toEqual([[], [undefined]]);
    });
  });

  if (missing.length > 0)
    it.skip.each(missing)("the program at $place (no $store on this machine)", () => {});
});
