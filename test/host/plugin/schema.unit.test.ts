import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packageOf } from "../../../provider/host/plugin/packageOf";
import { packageSchema } from "../../../provider/host/plugin/schema/packageSchema";
import { isObject } from "../../../provider/json/members";

const acme = JSON.parse(
  readFileSync(path.join(__dirname, "../../languages/definitions/acme.json"), "utf8"),
) as unknown;

/** Schemas by the names of their recordings. */
const schemas: Readonly<Record<string, object>> = {
  "schema.json": packageSchema(undefined),
  "acmeSchema.json": packageSchema(packageOf(acme)),
};

/** What of it is recorded: all but what every release changes. */
function recordable(schema: object): unknown {
  return JSON.parse(
    JSON.stringify(schema, (name, value) => (name === "version" ? "<version>" : (value as unknown))),
  );
}

/** Where objects of the schema stand that a reader sees and that have no description. */
function undescribed(node: unknown, place: string): string[] {
  if (!isObject(node)) return [];
  const isNamed = /\/(resources|functions|types|properties|inputProperties|variables)\/[^/]+$/.test(place);
  const missing = isNamed && !hasText(node.description) ? [place] : [];
  return [
    ...missing,
    ...Object.entries(node).flatMap(([name, member]) => undescribed(member, `${place}/${name}`)),
  ];
}

function hasText(description: unknown): boolean {
  return typeof description === "string" && description.trim() !== "";
}

describe.each(Object.entries(schemas))("the schema of a package, %s,", (name, schema) => {
  it("is as recorded: programs are built on it, and APIKEYS_RECORD=1 records it anew, for npm run format", () => {
    const file = path.join(__dirname, name);
    if (process.env.APIKEYS_RECORD === "1") writeFileSync(file, JSON.stringify(recordable(schema)));
    expect(recordable(schema)).toEqual(JSON.parse(readFileSync(file, "utf8")));
  });

  it("describes every resource, function, type and property", () => {
    expect(undescribed(JSON.parse(JSON.stringify(schema)), "")).toEqual([]);
  });

  it("says where the plugin is had, for without an address the engine asks Pulumi's own organisation", () => {
    expect(schema).toHaveProperty("pluginDownloadURL", expect.stringMatching(/^https:/));
  });
});

describe("the schema of a package of one's own", () => {
  it("has the definition as it was written, for every program that uses the package", () => {
    const { parameterization } = schemas["acmeSchema.json"] as { parameterization: { parameter: string } };
    expect(JSON.parse(Buffer.from(parameterization.parameter, "base64").toString())).toEqual(acme);
  });
});
