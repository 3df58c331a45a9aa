import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";
import { CREDENTIALS } from "../../sandbox/credentials";
import { content, documentFolder, keyDocument } from "../support/keyDocument";
import { Child } from "../support/process/child";

const { folder, file, remove } = documentFolder();
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
  mkdirSync(path.join(folder, "node_modules"));
  symlinkSync(path.resolve("."), path.join(folder, "node_modules", "pulumi-apikeys"));
});
afterAll(async () => {
  remove();
  await sandbox.close();
});

async function run(command: string, ...args: string[]) {
  const { PATH } = process.env;
  const environment = {
    PATH,
    APIKEYS_OWN_BASE_URL: sandbox.url,
    APIKEYS_OWN_TOKEN: CREDENTIALS.xentree.token,
    APIKEYS_OWN_LIST_LAG_SECONDS: "0",
  };
  const child = new Child("dist/cli/main.js", [command, ...args], environment, folder);
  return { status: await child.exit, stdout: child.stdout, stderr: child.stderr };
}

const vendors = ["digitalocean", "kong", "linode", "openai", "pinecone", "resend", "sendgrid", "workos"];
const documentOf = (vendor: string) => path.resolve("test/support/openapi/documents", `${vendor}.json`);
const requests = () => sandbox.journal.entries().map(({ method }) => method);

describe("pulumi-apikeys draft", () => {
  // The module holds what the JSON does, so that one of each is enough beside the modules of all.
  it.each([...vendors.map((vendor) => `${vendor}.ts`), "workos.json"])(
    "writes %s, a definition that check accepts",
    async (written) => {
      const out = path.join(folder, written);
      const drafted = await run("draft", documentOf(path.parse(written).name), "--out", out);
      expect(drafted).toMatchObject({ status: 0, stdout: "" });
      const checked = await run("check", out);
      expect(checked).toMatchObject({ status: 0, stderr: "" });
      expect(checked.stdout).toContain("no mistakes in the definition");
    },
  );

  it("prints the module, or the definition as plain JSON with what is open on standard error", async () => {
    const module = await run("draft", documentOf("resend"), "--name", "mine");
    expect(module).toMatchObject({ status: 0, stderr: "" });
    expect(module.stdout).toContain("export const mine = defineService({\n");
    expect(module.stdout).toContain("    // to be confirmed: No response tells permission.");
    const json = await run("draft", documentOf("resend"), "--format", "json");
    expect(JSON.parse(json.stdout)).toMatchObject({ name: "resend", path: "/api-keys" });
    expect(json.stderr).toMatch(/^To be confirmed:\n {2}fields\.permission: No response tells permission\./);
  });

  it("does not overwrite what somebody may have worked on", async () => {
    const out = path.join(folder, "kept.ts");
    await run("draft", documentOf("kong"), "--out", out);
    expect((await run("draft", documentOf("kong"), "--out", out)).status).toBe(0);
    writeFileSync(out, "// mine\n");
    const { status, stderr } = await run("draft", documentOf("kong"), "--out", out);
    expect(status).toBe(1);
    expect(stderr).toBe(
      `${out} is there already, with other content. Name another file with --out, or overwrite it with --force.\n`,
    );
    expect(readFileSync(out, "utf8")).toBe("// mine\n");
    expect((await run("draft", documentOf("kong"), "--out", out, "--force")).status).toBe(0);
    expect(readFileSync(out, "utf8")).toContain("defineService");
  });

  it("says in one sentence why it writes nothing", async () => {
    const empty = file("empty.json", { openapi: "3.0.0", paths: {} });
    const out = path.join(folder, "nothing.ts");
    const { status, stdout, stderr } = await run("draft", empty, "--out", out);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^\S+empty\.json describes no resource of API keys\. .*\n$/);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    [[], "The document is missing."],
    [["a.json", "--format", "yaml"], "--format needs one of ts, json."],
    [
      ["a.json", "--name", "Acme"],
      "--name needs lower-case letters, digits and hyphens, starting with a letter.",
    ],
    [["a.json", "--live"], "--live needs --out: it tries the definition in that file."],
    [["a.json", "--args", "{}"], "--args needs --live."],
  ])("refuses the command line %j", async (args, sentence) => {
    const { status, stderr } = await run("draft", ...args);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `${sentence} Try: pulumi-apikeys draft --help\n`,
    });
  });

  it("goes on with a throw-away key at the vendor, once it has said which requests that sends", async () => {
    const document = keyDocument();
    const { Key: key, Error: error } = document.components.schemas;
    Object.assign(error ?? {}, { properties: { detail: { type: "string" } } });
    const { post, get } = document.paths["/keys"] as Record<string, Record<string, unknown>>;
    const created = {
      allOf: [
        key,
        { type: "object", properties: { key_value: { type: "string", description: "Shown once." } } },
      ],
    };
    const named = { type: "object", required: ["name"], properties: { name: { type: "string" } } };
    const listed = { 200: content({ type: "array", items: key ?? {} }) };
    const ofXentree = {
      ...document,
      paths: {
        "/api/admin/api-keys": {
          post: { ...post, requestBody: content(named), responses: { 201: content(created) } },
          get: { ...get, responses: listed },
        },
        "/api/admin/api-keys/{id}": { delete: document.paths["/keys/{id}"]?.delete },
      },
    };
    const before = requests().length;
    const out = path.join(folder, "live.json");
    const { status, stdout, stderr } = await run(
      "draft",
      file("xentree.json", ofXentree),
      "--name",
      "own",
      "--out",
      out,
      "--live",
    );
    expect(stderr).toContain(
      `Going on with: pulumi-apikeys check ${out} --live. It creates a throw-away key of own`,
    );
    expect(stdout.indexOf(`create: POST ${sandbox.url}/api/admin/api-keys\n`)).toBeGreaterThan(0);
    expect(stdout).toMatch(/value +key_value +a secret of \d+ characters/);
    expect(stdout).toContain("The vendor does as the definition says.");
    expect(status).toBe(0);
    expect(requests().slice(before)).toEqual(expect.arrayContaining(["POST", "GET", "DELETE"]));
  });
});
