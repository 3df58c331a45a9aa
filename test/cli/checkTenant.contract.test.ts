import { dryRun } from "../../cli/check/dryRun";
import { identityProblem } from "../../provider/definition/rules/tenant";
import { closeAll, json, serve } from "../support/http/loopback";
import { checkLive } from "../support/lifecycle/liveCheck";
import { parse } from "../support/vendor/definitions";

afterEach(closeAll);

/** A service whose account comes out of the login, also for the question whose the credentials are. */
const written = {
  name: "acme",
  path: "/accounts/{accountId}/keys",
  headers: { "X-Api": "1" },
  auth: {
    scheme: "login",
    login: { path: "/login", body: { user: "{username}", password: "{password}" } },
    accessToken: "token",
    captures: { accountId: "account" },
  },
  fields: { owner: {} },
  tenant: {
    field: "owner",
    whoami: { path: "/accounts/{accountId}", headers: { "X-Account": "{accountId}" }, tenant: "/id" },
  },
} as const;

/** A live check at a vendor that says of its keys that this is their owner. */
async function tried(owner: string | undefined) {
  let keys: object[] = [];
  const { received, url } = await serve((response, { method, url: path, body }) => {
    if (path === "/login") return json(response, 200, { token: "canary-token-0123456789", account: "a7" });
    if (path === "/accounts/a7") return json(response, 200, { id: "a7" });
    if (method === "DELETE") keys = [];
    if (method !== "POST") return json(response, 200, method === "GET" ? keys : {});
    const key = { id: "k1", name: JSON.parse(body).name, owner };
    keys = [key];
    json(response, 201, { ...key, value: "acme-canary-0123456789" });
  });
  const { good, told } = await checkLive(written, url, { username: "u", password: "canary-password" });
  return { good, told, asked: received.find(({ url: path }) => path === "/accounts/a7") };
}

describe("a live check of the request for the tenant", () => {
  it("sends what the login captured in its path and headers, and compares the response with the key", async () => {
    const { good, told, asked } = await tried("a7");
    expect(told).toContain("tenant: the credentials are of a7, like the key");
    expect(asked?.headers).toMatchObject({ "x-account": "a7", "x-api": "1" });
    expect(good).toBe(true);
  });

  it.each([
    ["another", "a8", "owner of the key is a8."],
    ["none", undefined, "owner of the key is no tenant."],
  ])("fails where the key is of %s", async (_, owner, problem) => {
    const { good, told } = await tried(owner);
    expect(told).toContain(`! tenant: the credentials are of a7, but ${problem}`);
    expect(good).toBe(false);
  });
});

it("a dry run shows the request for the tenant", () => {
  const definition = parse(written);
  const sections = dryRun({ definition, connection: undefined, pathParameters: {}, inputs: {}, nowMs: 0 });
  const shown = sections.find((section) => section.startsWith("tenant: GET"));
  expect(shown).toMatch(/^tenant: GET \S+\/accounts\/ACCOUNT-ID\n/);
  expect(shown).toContain("  x-account: ACCOUNT-ID");
});

describe("a list that is asked for by what a login captures", () => {
  const { tenant: _, ...bare } = written;

  it("is a problem where nothing else says whose it is", () => {
    expect(identityProblem(parse(bare))).toMatch(/^The list is asked for by \{accountId\}, which comes from/);
    expect(identityProblem(parse({ ...bare, tenant: { field: "owner" } }))).toContain("{accountId}");
    const byQuery = { list: { path: "/keys", query: { account: "{accountId}" } } };
    expect(identityProblem(parse({ ...bare, operations: byQuery }))).toContain("{accountId}");
  });

  it("is none with a request for the tenant or for one key, or where only a header has it", () => {
    expect(identityProblem(parse(written))).toBeUndefined();
    expect(identityProblem(parse({ ...bare, operations: { get: {} } }))).toBeUndefined();
    const byHeader = { list: { path: "/keys", headers: { "X-Csrf": "{accountId}" } } };
    expect(identityProblem(parse({ ...bare, operations: byHeader }))).toBeUndefined();
    expect(identityProblem(parse({ name: "acme", path: "/keys" }))).toBeUndefined();
  });

  const auth = { ...written.auth, captures: { accountId: "account", csrf: "csrf", accessTicket: "ticket" } };
  const send = (headers: Record<string, string>) => ({
    auth: { ...auth, send: { headers: { Authorization: "Bearer {accessToken}", ...headers } } },
  });
  const unnamed = { name: "acme", path: "/keys", auth };

  it.each<[string, object]>([
    ["a header of all operations", { headers: { "X-Account": "{accountId}" } }],
    ["a header of the list", { operations: { list: { headers: { "X-Account": "{accountId}" } } } }],
    ["a header of the session", send({ "X-Account": "{accountId}" })],
  ])("is a problem where %s names the account", (_, part) => {
    expect(identityProblem(parse({ ...unnamed, ...part }))).toContain("{accountId}");
  });

  it.each<[string, object]>([
    ["a header that is called so", { headers: { "X-CSRF-Token": "{accountId}" } }],
    ["a variable that is called so", { headers: { "X-Check": "{csrf}" } }],
    ["the session's own header", send({ Authorization: "Ticket {accessTicket}" })],
  ])("is none where a header only proves something, by %s", (_, part) => {
    expect(identityProblem(parse({ ...unnamed, ...part }))).toBeUndefined();
  });
});
