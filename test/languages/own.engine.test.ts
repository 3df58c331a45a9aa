import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { command } from "../support/engine/interruption";
import { writePolicyPack } from "../support/engine/policyPack";
import { liveKeys, use, vendorCaseOf } from "../support/engine/vendors";
import { addDefinitions, connectionsOfDefined } from "../support/languages/definitions";
import { useLanguage } from "../support/languages/languageStack";
import { describeIn } from "../support/languages/toolchains";

const project = "name: own\nruntime: yaml\n";

/** The program behind the packages that the commands have added. */
const program = (applicationId: string, reason: string) => `
resources:
  ci:
    type: acme:ApiKey
    properties:
      rateLimit: 30
      rotation: { overlap: 1h, triggers: { reason: ${reason} } }
  other:
    type: acme:ApiKey
  odd:
    type: api-keys:ApiKey
    properties: { class: ${applicationId}, type: [read] }
outputs:
  value: \${ci.value}
`;

describeIn("yaml", "packages of two definitions in one YAML program", () => {
  const at = useLanguage("yaml", (dir) => {
    writeFileSync(path.join(dir, "Pulumi.yaml"), project);
    addDefinitions(dir);
  });
  const projectFile = () => path.join(at.stack.dir, "Pulumi.yaml");
  const add = (file: string) => at.stack.pulumi(["package", "add", "apikeys", file], { allowFailure: true });
  const write = (reason: string) => {
    const [packages] = readFileSync(projectFile(), "utf8").split("\nresources:");
    const { applicationId } = at.sandbox.credentials.applications;
    writeFileSync(projectFile(), `${packages}${program(applicationId, reason)}`);
  };
  const working = async (value: unknown) => use(vendorCaseOf("xentree"), at.sandbox, value);
  beforeAll(() => at.stack.setEnv(connectionsOfDefined(at.sandbox)));

  it("are refused in a sentence where a definition has a mistake, and where a file cannot be read", async () => {
    const file = path.join(at.stack.dir, "wrong.json");
    writeFileSync(file, JSON.stringify({ name: "wrong", path: "/v1/keys", kidn: "singleton" }));
    expect((await add("./wrong.json")).output).toMatch(
      /The service definition has mistakes: \/kidn: there is no such property/,
    );
    expect((await add("./missing.json")).output).toContain("The definition ./missing.json cannot be read: ");
    writeFileSync(file, "name: wrong");
    expect((await add("./wrong.json")).output).toContain("The definition is not JSON of a service.");
  });

  it("are added, and make keys that work", async () => {
    for (const file of ["./acme.json", "./api-keys.json"]) expect((await add(file)).exitCode).toBe(0);
    write("first");
    await at.stack.up("--skip-preview");
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(2);
    expect(liveKeys(at.sandbox, "applications")).toHaveLength(1);
    expect(await working((await at.stack.outputs({ showSecrets: true })).value)).toBe(200);
  });

  it("keep a definition once, with the provider and not with each key", async () => {
    const { resources } = (await at.stack.exportState()).deployment;
    const held = resources.filter((resource) => /"definition"/.test(JSON.stringify(resource)));
    expect(held).toEqual([]);
    const parameters = resources.flatMap(({ type, inputs }) => {
      const { parameterization } = (inputs?.__internal ?? {}) as Record<string, string>;
      return parameterization === undefined
        ? []
        : [[type, Buffer.from(parameterization, "base64").toString()]];
    });
    const text = (file: string) =>
      JSON.stringify(JSON.parse(readFileSync(path.join(at.stack.dir, file), "utf8")));
    expect(Object.fromEntries(parameters)).toEqual({
      "pulumi:providers:acme": text("acme.json"),
      "pulumi:providers:api-keys": text("api-keys.json"),
    });
  });

  it("have keys that the commands see as those of the stack", async () => {
    const audit = await command(at, "audit");
    for (const name of ["ci", "other", "odd"]) expect(audit).toMatch(new RegExp(` ${name} +-$`, "m"));
    expect(audit).toContain("3 keys: 3 managed.");
  });

  it("have keys that a policy pack judges by what their type and their arguments tell", async () => {
    const { output } = await at.stack.preview(...writePolicyPack(at.stack).args());
    const said = [...output.matchAll(/The (\S+) key "(\w+)" breaks api-key-renewed-by-time/g)];
    expect(said.map(([, service, key]) => `${service} ${key}`).sort()).toEqual([
      "acme ci",
      "acme other",
      "api-keys odd",
    ]);
  });

  it("change nothing when the program runs again unchanged, nor in a refresh", async () => {
    await at.stack.up("--skip-preview", "--expect-no-changes");
    await at.stack.refresh("--skip-preview", "--expect-no-changes");
  });

  it("renew a key in place, beside the previous one", async () => {
    const { value: before } = await at.stack.outputs({ showSecrets: true });
    write("second");
    const { output } = await at.stack.up("--skip-preview");
    expect(output).toContain("1 updated");
    const { value: after } = await at.stack.outputs({ showSecrets: true });
    expect([before === after, await working(before), await working(after)]).toEqual([false, 200, 200]);
  });

  it("are destroyed without the program, the packages and the definitions", async () => {
    writeFileSync(projectFile(), project);
    for (const name of ["sdks", "acme.json", "api-keys.json"]) {
      rmSync(path.join(at.stack.dir, name), { recursive: true });
    }
    await at.stack.destroy("--skip-preview");
    expect([liveKeys(at.sandbox, "xentree"), liveKeys(at.sandbox, "applications")]).toEqual([[], []]);
  });
});
