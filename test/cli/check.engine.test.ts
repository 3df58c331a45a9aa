import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { xentree } from "../../provider/definition/builtin/xentree";
import { type Sandbox, startSandbox } from "../../sandbox";
import { CREDENTIALS } from "../../sandbox/credentials";
import { Child } from "../support/process/child";

let folder: string;
let sandbox: Sandbox;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "apikeys-check-"));
  sandbox = await startSandbox();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await sandbox.close();
});

/** Xentree's API under another name, as a user would define it. */
const own = { ...xentree, name: "own", title: "Own" };

function file(name: string, content: unknown): string {
  const whole = path.join(folder, name);
  writeFileSync(whole, typeof content === "string" ? content : JSON.stringify(content));
  return whole;
}

async function check(...args: string[]) {
  const { PATH } = process.env;
  const environment = {
    PATH,
    APIKEYS_OWN_BASE_URL: sandbox.url,
    APIKEYS_OWN_TOKEN: CREDENTIALS.xentree.token,
    APIKEYS_OWN_LIST_LAG_SECONDS: "0",
  };
  const child = new Child("dist/cli/main.js", ["check", ...args], environment, folder);
  return { status: await child.exit, stdout: child.stdout, stderr: child.stderr };
}

const requests = () => sandbox.journal.entries().map(({ method }) => method);

describe("pulumi-apikeys check", () => {
  it("reports every mistake at once, each with its path and the nearest name", async () => {
    const wrong = file("wrong.json", {
      name: "own",
      baseURL: sandbox.url,
      path: "/keys",
      fields: { value: { wyre: "key" } },
      operations: { revoke: { path: "/keys/{keyID}" } },
    });
    const { status, stdout, stderr } = await check(wrong);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr.split("\n")).toEqual([
      `${wrong} has 4 mistakes:`,
      '  /fields/value/wyre: there is no such property; did you mean "wire"?',
      '  /baseURL: there is no such property; did you mean "baseUrl"?',
      '  /operations/revoke/path: {keyID} is no variable here; did you mean "keyId"?',
      "  /operations/revoke/path: must hold {keyId}, or query or body must: in a collection it is the id that tells one key from the others",
      "",
    ]);
  });

  it("shows each request as it would be sent, secrets by their names alone, and sends none", async () => {
    const before = requests().length;
    const { status, stdout } = await check(file("own.json", own), "--connection", "own");
    expect(status).toBe(0);
    expect(stdout).toContain(
      `create: POST ${sandbox.url}/api/admin/api-keys\n  Authorization: Bearer [token]\n  {\n`,
    );
    expect(stdout).toContain('"rate_limit_per_minute": 1');
    expect(stdout).not.toContain(CREDENTIALS.xentree.token);
    expect(requests().length).toBe(before);
  });

  it("tries one throw-away key live: creates, lists and revokes it, and reports what matches the definition", async () => {
    const before = requests().length;
    const { status, stdout, stderr } = await check(
      file("own.json", own),
      "--live",
      "--args",
      '{"permissions":["chat:read"],"expiresIn":"90d"}',
    );
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toMatch(/permissions +permissions +as requested: \["chat:read"\]/);
    expect(stdout).toMatch(/value +key_value +a secret of \d+ characters/);
    expect(stdout).toContain("the key is gone.\n\nThe vendor does as the definition says.\n");
    expect(
      requests()
        .slice(before)
        .filter((method) => method !== "GET"),
    ).toEqual(["POST", "DELETE"]);
  });

  it("refuses a definition by which another user's empty list would drop keys, and sends nothing", async () => {
    const auth = {
      scheme: "login",
      login: { path: "/login", body: { user: "{username}", password: "{password}" } },
      accessToken: "token",
      captures: { accountId: "account" },
    } as const;
    const before = requests().length;
    const definition = file("unknown-user.json", { name: "acme", path: "/accounts/{accountId}/keys", auth });
    const { status, stdout, stderr } = await check(definition);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(
      /has one mistake:\n {2}The list is asked for by \{accountId\}, which comes from the login/,
    );
    expect(requests()).toHaveLength(before);
  });

  it("reports parts of the responses that no field covers, and values of another type than declared", async () => {
    const { tenantId: _, ...fields } = own.fields;
    const wrong = { ...own, tenant: undefined, fields: { ...fields, prefix: { type: "integer" } } };
    const { status, stdout, stderr } = await check(file("poor.json", wrong), "--live");
    expect(status).toBe(1);
    expect(stderr).toBe("\nThe vendor differs from the definition where a line begins with !.\n");
    expect(stdout).toContain("not used by any field: /tenant_id");
    expect(stdout).toMatch(/! prefix +prefix +received, but not as integer/);
  });

  it("shows the answer where the value is not found in it, without the value, and leaves no key", async () => {
    const wrong = { ...own, fields: { ...own.fields, value: { wire: "secret", type: "string" } } };
    const { status, stdout, stderr } = await check(file("misplaced.json", wrong), "--live");
    expect(status).toBe(1);
    expect(stdout).toMatch(/! value +secret +absent/);
    expect(stdout).toContain("not used by any field: /key_value");
    expect(stdout).not.toMatch(/xntr-\w{20}/);
    expect(stderr).toContain("without the key's value");
    expect(
      sandbox
        .keys("xentree")
        .filter(({ live }) => live)
        .map(({ name }) => name)
        .filter((name) => name.startsWith("pulumi-apikeys-check")),
    ).toEqual([]);
  });

  it("refuses a lifetime that the definition does not have, and shows no request with it", async () => {
    const expiresAt = { ...own.fields.expiresAt, lifetimes: ["7d", "30d"] };
    const limited = file("limited.json", { ...own, fields: { ...own.fields, expiresAt } });
    const args = { permissions: ["chat:read"], expiresIn: "8d" };
    const { status, stdout, stderr } = await check(limited, "--args", JSON.stringify(args));
    expect(stderr).toBe('--args: expiresIn must be one of 7d, 30d; did you mean "7d"?\n');
    expect(stdout).not.toContain("POST");
    expect(status).toBe(1);
    expect((await check(limited, "--args", JSON.stringify({ ...args, expiresIn: "7d" }))).status).toBe(0);
  });

  const { expiresAt: _, ...endless } = own.fields;
  const ofMonth = { ...own.fields, expiresAt: { ...own.fields.expiresAt, lifetimes: ["30d"] } };
  it.each<[string, object, object, string]>([
    ["expiresIn where keys do not expire", endless, { expiresIn: "30d" }, "expiresIn cannot be kept"],
    [
      "a moment where there are only lifetimes",
      ofMonth,
      { expiresAt: "2099-01-01T00:00:00Z" },
      "expiresAt cannot be kept",
    ],
    [
      "a moment that has passed",
      own.fields,
      { expiresAt: "2020-01-01T00:00:00Z" },
      "expiresAt lies in the past",
    ],
    [
      "an overlap longer than its period",
      own.fields,
      { rotation: { every: "30d", overlap: "40d" } },
      "rotation.overlap (40d)",
    ],
  ])("refuses %s as a program would be, and shows no request", async (_, fields, args, beginning) => {
    const definition = file("refused.json", { ...own, fields });
    const given = { permissions: ["chat:read"], ...args };
    const { status, stdout, stderr } = await check(definition, "--args", JSON.stringify(given));
    expect(stderr.slice(0, `--args: ${beginning}`.length)).toBe(`--args: ${beginning}`);
    expect(stdout).not.toContain("POST");
    expect(status).toBe(1);
  });

  it("takes a module that exports a service", async () => {
    const module = file(
      "own.mjs",
      `export const own = { definition: ${JSON.stringify(own)}, ApiKey: class {} };`,
    );
    expect((await check(module)).stdout).toContain(`${module}: no mistakes in the definition of Own.`);
  });

  const text = JSON.stringify(own);
  it.each([
    ["as its whole", `module.exports = ${text};`],
    [
      "as its whole, of names that Node sees,",
      `const { name, title, auth, fields, operations, errors, ...rest } = ${text};
      module.exports = { name, title, auth, fields, operations, errors, ...rest };`,
    ],
    ["by a name", `exports.own = ${text};`],
    [
      "by a name and as the default",
      `exports.__esModule = true; exports.own = ${text}; exports.default = exports.own;`,
    ],
    ["as a service", `module.exports = { definition: ${text}, ApiKey: class {} };`],
  ])("takes a CommonJS module that exports a definition %s", async (_, content) => {
    const module = file("own.cjs", content);
    expect(await check(module)).toMatchObject({
      stdout: expect.stringContaining(`${module}: no mistakes in the definition of Own.`),
      stderr: "",
    });
  });

  it.each([
    ["definitions", `exports.a = ${text}; exports.b = { ...exports.a, name: "b" };`],
    [
      "services",
      `exports.a = { definition: ${text}, ApiKey: class {} }; exports.b = { definition: {}, ApiKey: class {} };`,
    ],
  ])("takes no one of several %s for the one that is meant", async (_, content) => {
    const { status, stderr } = await check(file("several.cjs", content));
    expect(stderr).toContain("several.cjs exports more than one service definition.");
    expect(status).toBe(1);
  });

  it("takes a module of a package that does not say of which kind its modules are, and Node gives no advice", async () => {
    file("package.json", {});
    const module = file("own.ts", `export const own: object = ${JSON.stringify(own)};`);
    expect(await check(module)).toMatchObject({
      stdout: expect.stringContaining(`${module}: no mistakes in the definition of Own.`),
      stderr: "",
    });
  });

  it.each<[string, string[], number, string]>([
    ["no definition", [], 2, "The definition is missing. Try: pulumi-apikeys check --help\n"],
    ["a file that is not there", ["nowhere.json"], 1, "nowhere.json cannot be read: there is no such file."],
    ["arguments that are no JSON", ["xentree", "--args", "{"], 2, "--args needs a JSON object"],
    [
      "a lifetime that the definition forbids",
      ["xentree", "--args", '{"permissions":["chat:read"],"expiresIn":"tomorrow"}'],
      1,
      '--args: expiresIn must be a whole number and a unit (s, m, h, d, w), such as "90d"\n',
    ],
    [
      "arguments that the service does not have",
      ["xentree", "--args", '{"permisions":["chat:read"]}'],
      1,
      "--args: permisions is no argument of a Xentree key; did you mean permissions?",
    ],
    ["a connection without credentials", ["xentree", "--live"], 1, 'Connection "xentree" has no credentials'],
  ])("refuses %s in a sentence", async (_, args, status, beginning) => {
    const refusal = await check(...args);
    expect(refusal.stderr.slice(0, beginning.length)).toBe(beginning);
    expect(refusal.status).toBe(status);
  });
});
