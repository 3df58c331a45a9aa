import path from "node:path";
import { loadedModules } from "../support/process/loadedModules";

/** What a process loads for the provider, on top of what it has for Pulumi's SDK. */
const loadedByProvider = () =>
  loadedModules(
    'require("./dist/provider")',
    'require("@pulumi/pulumi/runtime"); require("@pulumi/pulumi/proto/engine_grpc_pb")',
  );

describe("the provider's process", () => {
  it("loads at most 291 of our modules before it serves", () => {
    expect(loadedByProvider().length).toBeLessThanOrEqual(291);
  });

  it("loads no store before a key is delivered", () => {
    const stores = loadedByProvider().filter((file) =>
      /delivery.(stores|declared|encryption|configuredStores)/.test(file),
    );
    expect(stores).toEqual([]);
  });

  it("does not load what examines definitions, until a user's own comes", () => {
    expect(loadedByProvider().filter((file) => /definition.(examine|schema.definition)/.test(file))).toEqual(
      [],
    );
  });

  it("does not load undici, a third of the time, until it sends something", () => {
    expect(loadedByProvider().filter((file) => file.includes(`${path.sep}undici${path.sep}`))).toEqual([]);
  });
});
