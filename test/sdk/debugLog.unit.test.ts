import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { root } from "../support/process/child";

/** Where a second copy of Pulumi's SDK finds the libraries that it needs. */
const folder = path.join(root, "node_modules/.cache", `second-sdk-${process.pid}`);
const second = path.join(folder, "node_modules/@pulumi/pulumi/proto");

beforeAll(() => {
  mkdirSync(second, { recursive: true });
  cpSync(path.join(root, "node_modules/@pulumi/pulumi/proto"), second, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the SDK's debug log would say of a response, by each copy. */
function logged(program: string): string[] {
  const source = `
    const struct = require("google-protobuf/google/protobuf/struct_pb");
    const text = ({ RegisterResourceResponse }) => {
      const response = new RegisterResourceResponse();
      response.setUrn("the-urn");
      response.setObject(struct.Struct.fromJavaScript({ value: "canary" }));
      return String(response);
    };
    const first = () => require("@pulumi/pulumi/proto/resource_pb");
    const second = () => require(${JSON.stringify(path.join(second, "resource_pb.js"))});
    const sdk = () => require("./dist/sdk");
    ${program}
    if (first() === second()) throw new Error("There is one copy only.");
    console.log(JSON.stringify([text(first()), text(second())]));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", source], { cwd: root, encoding: "utf8" }));
}

describe("the debug log of a program with two copies of Pulumi's SDK", () => {
  it("would hold a value without this package", () => {
    expect(logged("")).toEqual([expect.stringContaining("canary"), expect.stringContaining("canary")]);
  });

  it("holds none by either copy", () => {
    expect(logged("second(); sdk();")).toEqual(["the-urn, ", "the-urn, "]);
  });

  it("holds none by a copy that is loaded later, from the first key on", () => {
    const declare = `sdk(); second();
      require("@pulumi/pulumi").runtime.setMocks({ newResource: () => ({ id: "1", state: {} }), call: () => ({}) });
      new (sdk().xentree.ApiKey)("ci", {});`;
    expect(logged(declare)).toEqual(["the-urn, ", "the-urn, "]);
  });
});
