import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { applications } from "../../provider/definition/builtin/applications";
import { sendkit } from "../../provider/definition/builtin/sendkit";
import { xentree } from "../../provider/definition/builtin/xentree";

const repository = path.resolve(__dirname, "../..");
const text = readFileSync(path.join(repository, "dist/definition.schema.json"), "utf8");

describe("the published schema of definitions", () => {
  const accepts = new Ajv2020({ strict: false, formats: { uri: true } }).compile(JSON.parse(text));

  it.each([xentree, applications, sendkit, { name: "acme", path: "/keys" }])(
    "accepts $name",
    (definition) => {
      expect(accepts(definition)).toBe(true);
    },
  );

  it("accepts the address by which an editor finds it", () => {
    const $schema = "./node_modules/pulumi-apikeys/dist/definition.schema.json";
    expect(accepts({ $schema, name: "acme", path: "/keys" })).toBe(true);
  });

  it.each<[string, object]>([
    ["a property that is misspelt", { parent: {} }],
    ["a property that is misspelt deep in it", { operations: { create: { encodng: "form" } } }],
    ["a choice that there is not", { kind: "both" }],
    ["a path that is none", { path: "keys" }],
  ])("refuses %s", (_, wrong) => {
    expect(accepts({ name: "acme", path: "/keys", ...wrong })).toBe(false);
  });

  it("says what each property means, and is small enough for an editor to load at once", () => {
    const { properties } = JSON.parse(text);
    expect(properties.uniqueNames.description).toContain("Whether the vendor refuses a second key");
    expect(text.length).toBeLessThan(45_000);
  });

  it("is packed", () => {
    const packed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: repository,
      encoding: "utf8",
    });
    const files = JSON.parse(packed)[0].files.map((file: { path: string }) => file.path);
    expect(files).toContain("dist/definition.schema.json");
    expect(require.resolve("pulumi-apikeys/definition.schema.json")).toBe(
      path.join(repository, "dist/definition.schema.json"),
    );
  });
});
