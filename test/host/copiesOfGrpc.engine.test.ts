import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repository } from "../support/engine/environment";

let project: string;

/** A project with a copy of gRPC of its own, beside the one that Pulumi's SDK has. */
beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), "apikeys-"));
  const [theirs, ours] = [path.join(project, "node_modules"), path.join(repository, "node_modules")];
  cpSync(path.join(repository, "dist"), path.join(theirs, "pulumi-apikeys", "dist"), { recursive: true });
  cpSync(path.join(ours, "@grpc", "grpc-js"), path.join(theirs, "@grpc", "grpc-js"), { recursive: true });
  mkdirSync(path.join(theirs, "@pulumi"));
  const shared = ["@pulumi/pulumi", "@grpc/proto-loader", "@js-sdsl", "zod", "undici", "fastest-levenshtein"];
  for (const name of shared) symlinkSync(path.join(ours, name), path.join(theirs, name));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

it("the way back to the engine is open where a project has two copies of gRPC", () => {
  const engine = path.join(
    project,
    "node_modules",
    "pulumi-apikeys",
    "dist",
    "provider",
    "host",
    "engine.js",
  );
  const script = `
    const found = require.resolve("@grpc/grpc-js", { paths: [${JSON.stringify(path.dirname(engine))}] });
    process.argv[2] = "127.0.0.1:1";
    const { engineClient } = require(${JSON.stringify(engine)});
    engineClient().close();
    console.log(found);`;
  const found = execFileSync(process.execPath, ["-e", script, "x"], { cwd: project, encoding: "utf8" });
  expect(found).toContain(project);
});
