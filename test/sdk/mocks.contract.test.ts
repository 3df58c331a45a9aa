import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { defineService, xentree } from "../../sdk";
import { acme } from "../support/vendor/definitions";

const repository = path.resolve(__dirname, "../..");

/** A vendor that counts what it is asked. */
async function startVendor() {
  let requests = 0;
  const server = http.createServer((_request, response) => {
    requests++;
    response.end("[]");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: { APIKEYS_XENTREE_BASE_URL: `http://127.0.0.1:${port}`, APIKEYS_XENTREE_TOKEN: "a-token" },
    requests: () => requests,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

describe("under mocks, a look-up asks the test's `call` and sends nothing", () => {
  const calls: pulumi.runtime.MockCallArgs[] = [];
  let answer: Record<string, unknown> = {};

  beforeAll(() =>
    pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs }),
      call: (args) => {
        calls.push(args);
        return answer;
      },
    }),
  );
  beforeEach(() => {
    calls.length = 0;
    answer = {};
  });

  it("for many keys", async () => {
    answer = { keys: [{ keyId: "k1", status: "active" }] };
    expect(await xentree.getApiKeys({ active: true })).toEqual(answer.keys);
    expect(calls).toMatchObject([{ token: "apikeys:xentree:getApiKeys", inputs: { active: true } }]);
  });

  it("for one key, of a user's own service too", async () => {
    answer = { keyId: "k1", status: "active" };
    expect(await defineService(acme()).getApiKey({ keyId: "k1" })).toEqual(answer);
    expect(calls).toMatchObject([{ token: "apikeys:acme:getApiKey", inputs: { keyId: "k1" } }]);
  });

  it("as an output, and there are no keys where the test says nothing of them", async () => {
    const found = await new Promise((resolve) => xentree.getApiKeysOutput({ name: "ci" }).apply(resolve));
    expect(found).toEqual([]);
    expect(calls).toMatchObject([{ inputs: { name: "ci" } }]);
  });
});

describe("the unit test in docs/environments.md", () => {
  let folder: string;
  let vendor: Awaited<ReturnType<typeof startVendor>>;

  beforeAll(async () => {
    vendor = await startVendor();
    folder = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-mocks-"));
    const text = readFileSync(path.join(repository, "docs/environments.md"), "utf8");
    const [program = "", unitTest = ""] = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(
      (match) => match[1],
    );
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true }));
    writeFileSync(path.join(folder, "keys.ts"), program);
    writeFileSync(path.join(folder, "keys.test.ts"), unitTest);
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", "vitest@4"], {
      cwd: folder,
      stdio: "pipe",
    });
    mkdirSync(path.join(folder, "node_modules/@pulumi"), { recursive: true });
    symlinkSync(
      path.join(repository, "node_modules/@pulumi/pulumi"),
      path.join(folder, "node_modules/@pulumi/pulumi"),
    );
    symlinkSync(repository, path.join(folder, "node_modules/pulumi-apikeys"));
  });
  afterAll(async () => {
    await vendor?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const transform = {
    "^.+\\.ts$": [
      require.resolve("@swc/jest"),
      { jsc: { parser: { syntax: "typescript" }, target: "es2023" } },
    ],
  };
  const runners = {
    Jest: () => [
      require.resolve("jest/bin/jest"),
      `--config=${JSON.stringify({ rootDir: folder, testEnvironment: "node", transform })}`,
    ],
    Vitest: () => [path.join(folder, "node_modules/vitest/vitest.mjs"), "run", "--globals"],
  };

  it.each(Object.entries(runners))("passes under %s, and nothing is sent", async (_name, command) => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command(), {
      cwd: folder,
      env: { ...process.env, ...vendor.env, NO_COLOR: "1" },
    });
    expect(stdout + stderr).toMatch(/Tests:? +1 passed/);
    expect(vendor.requests()).toBe(0);
  });
});
