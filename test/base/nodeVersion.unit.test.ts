import { execFileSync } from "node:child_process";
import { nodeVersionProblem, sendingProblem } from "../../provider/base/nodeVersion";
import { root } from "../support/process/child";

describe("the Node.js that Pulumi runs", () => {
  it.each(["v22.19.0", "v22.20.1", "v24.0.0", "v100.0.0"])("may be %s", (version) => {
    expect(nodeVersionProblem(version)).toBeUndefined();
  });

  it.each(["v20.20.2", "v22.18.9", "v8.0.0"])("may not be %s, and a sentence says what to do", (version) => {
    expect(nodeVersionProblem(version)).toBe(
      `pulumi-apikeys needs Node.js 22.19 or later, but this is ${version}. Put a later one first on PATH and run the same command again.`,
    );
  });
});

describe("a process that sends requests", () => {
  it("may be Node.js", () => {
    expect(sendingProblem(process.versions)).toBeUndefined();
  });

  it("may not be Bun, and a sentence says what to do", () => {
    expect(sendingProblem({ ...process.versions, bun: "1.3.0" })).toMatch(
      /^pulumi-apikeys cannot send requests in Bun, but this is Bun 1\.3\.0, .* Run it with Node\.js: .*\.$/,
    );
  });
});

it("the provider says once why it cannot run, as Pulumi prints it", () => {
  const source = `
    Object.defineProperty(process, "version", { value: "v20.20.2" });
    try { require("./dist/provider"); } catch (error) { console.log(\`\${error}: \${error.stack}\`); }`;
  expect(execFileSync(process.execPath, ["-e", source], { cwd: root, encoding: "utf8" }).trim()).toBe(
    `pulumi-apikeys: ${nodeVersionProblem("v20.20.2")}`,
  );
});
