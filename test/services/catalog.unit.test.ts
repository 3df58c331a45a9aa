import { readdirSync } from "node:fs";
import path from "node:path";
import { readDefinition } from "../../provider/definition/registry";
import { cannotCreate } from "../../services/cannotCreate";
import { repository } from "../support/engine/environment";
import { catalogCases } from "../support/openapi/catalogCases";
import { serviceCases } from "../support/vendor/serviceCases";

const folder = path.join(repository, "services", "definitions");
const names = readdirSync(folder).map((file) => path.basename(file, ".ts"));

describe("the catalog", () => {
  it("has at least twenty services, each with a vendor that stands in", () => {
    expect(names.length).toBeGreaterThanOrEqual(20);
    expect([...serviceCases, ...catalogCases].map(({ service }) => service).sort()).toEqual(names.sort());
  });

  it.each(names)("has %s under one name: of the file, of the export and of the connection", (name) => {
    const exported = require(path.join(folder, name));
    expect(Object.keys(exported)).toEqual([name]);
    const definition = readDefinition(exported[name]);
    expect(definition).toMatchObject({ name, docs: expect.stringMatching(/^https:\/\//) });
    expect(definition.title).not.toBe("");
  });

  it("names the vendors whose APIs create no keys once each, by the alphabet, with a page", () => {
    const vendors = cannotCreate.map(({ vendor }) => vendor);
    expect(vendors).toEqual([...new Set<string>(vendors)].sort());
    for (const { docs, reason } of cannotCreate) {
      expect(docs).toMatch(/^https:\/\//);
      expect(reason).toMatch(/\.$/);
    }
  });
});
