import { useSandbox } from "../support/vendor/sandbox";

const KEYS = "/api/admin/api-keys";
const INSTANT = "2026-09-01T00:00:00.000Z";

describe("Xentree's API keys", () => {
  const { sandbox, send, passSeconds } = useSandbox();
  const token = () => sandbox().credentials.xentree.token;
  const create = (fields: object = {}) =>
    send("POST", KEYS, { bearer: token(), body: { name: "ci", ...fields } });
  const list = async () => (await send("GET", KEYS, { bearer: token() })).json;

  it("answers 201 with every field of APIKeyResponse, the value among them", async () => {
    const { organizationId } = sandbox().credentials.xentree;
    const { status, json } = await create({
      permissions: ["chat:read"],
      rate_limit_per_minute: 5,
      expires_at: "2026-09-01T02:00:00+02:00",
      allowed_ips: ["10.0.0.0/8"],
      organization_id: organizationId,
    });
    expect(status).toBe(201);
    expect(json).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: "ci",
      prefix: json.key_value.slice(0, 16),
      tenant_id: "34f5c98e-f430-457b-a812-92637d0c6fd0",
      user_id: "a169451c-8525-4352-b8ca-070dd449a1a5",
      organization_id: organizationId,
      organization_name: "Acme",
      permissions: ["chat:read"],
      rate_limit_per_minute: 5,
      expires_at: INSTANT,
      is_active: true,
      last_used_at: null,
      created_at: "2026-06-01T12:00:00.000Z",
      allowed_ips: ["10.0.0.0/8"],
      key_value: expect.stringMatching(/^xntr-[\w-]{43}$/),
    });
  });

  it("fills in what a request leaves out", async () => {
    const { json } = await create();
    expect(json).toMatchObject({
      permissions: [],
      rate_limit_per_minute: 60,
      expires_at: null,
      allowed_ips: [],
      organization_id: null,
      organization_name: null,
    });
  });

  it("lists a bare array, newest first, and never a value", async () => {
    await create({ name: "older" });
    await create({ name: "newer" });
    const keys = await list();
    expect(keys.map(({ name }: { name: string }) => name)).toEqual(["newer", "older"]);
    expect(keys[0]).not.toHaveProperty("key_value");
  });

  it("lets two keys have one name", async () => {
    await create();
    expect((await create()).status).toBe(201);
    expect(await list()).toHaveLength(2);
  });

  it("answers a delete with 200 and no body, after which the key is neither listed nor accepted", async () => {
    const { json } = await create();
    const gone = await send("DELETE", `${KEYS}/${json.id}`, { bearer: token() });
    expect(gone).toMatchObject({ status: 200, text: "" });
    expect(await list()).toEqual([]);
    expect((await send("GET", "/api/ping", { bearer: json.key_value })).status).toBe(401);
    expect(sandbox().keys("xentree")).toMatchObject([{ id: json.id, live: false }]);
  });

  it("tells a missing key from a missing route", async () => {
    const again = await send("DELETE", `${KEYS}/497f6eca-6276-4993-bfeb-53cbbbba6f08`, { bearer: token() });
    expect(again).toMatchObject({ status: 404, json: { detail: "API key not found" } });
    const lost = await send("GET", "/api/admin/apikeys", { bearer: token() });
    expect(lost).toMatchObject({ status: 404, json: { detail: "Not Found" } });
  });

  it("answers 405 where FastAPI has the path and not the method, as there is no get-one", async () => {
    const answer = await send("GET", `${KEYS}/497f6eca-6276-4993-bfeb-53cbbbba6f08`, { bearer: token() });
    expect(answer).toMatchObject({ status: 405, json: { detail: "Method Not Allowed" } });
    expect(answer.headers.get("allow")).toBe("DELETE");
  });

  it("keeps an expired key in the list, active, with its time in the past", async () => {
    const { json } = await create({ expires_at: INSTANT });
    passSeconds(200 * 24 * 3600);
    expect(await list()).toMatchObject([{ is_active: true, expires_at: INSTANT }]);
    expect(sandbox().keys("xentree")).toMatchObject([{ live: false, expiresAt: INSTANT }]);
    expect(await send("GET", "/api/ping", { bearer: json.key_value })).toMatchObject({
      status: 401,
      json: { detail: "Invalid API key" },
    });
  });

  it("accepts a live key at the use endpoint, and notes when", async () => {
    const { json } = await create();
    passSeconds(60);
    const pong = await send("GET", "/api/ping", { bearer: json.key_value });
    expect(pong).toMatchObject({ status: 200, json: { ok: true, name: "ci" } });
    expect(await list()).toMatchObject([{ last_used_at: "2026-06-01T12:01:00.000Z" }]);
  });

  it("answers 403 to a member, and hides one tenant's keys from another's admin", async () => {
    const { memberToken, otherTenantToken } = sandbox().credentials.xentree;
    const { json } = await create();
    const member = await send("GET", KEYS, { bearer: memberToken });
    expect(member).toMatchObject({ status: 403, json: { detail: "Admin access required" } });
    expect(await send("GET", KEYS, { bearer: otherTenantToken })).toMatchObject({ status: 200, json: [] });
    expect((await send("DELETE", `${KEYS}/${json.id}`, { bearer: otherTenantToken })).status).toBe(404);
  });

  it("answers 401 without a token, and to anything that isn't one", async () => {
    const answer = await send("GET", KEYS);
    expect(answer).toMatchObject({ status: 401, json: { detail: "Not authenticated" } });
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    const [header, , signature] = token().split(".");
    const claims = Buffer.from('{"iss":"xentree","sub":"x","use":"access"}').toString("base64url");
    const strangers = [
      "nonsense",
      `${header}.${claims}.${signature}`,
      sandbox().credentials.applications.token,
    ];
    for (const bearer of strangers) {
      const refused = await send("GET", KEYS, { bearer });
      expect(refused).toMatchObject({ status: 401, json: { detail: "Could not validate credentials" } });
    }
  });

  it.each([
    ["no name", {}, ["name"], "missing"],
    ["a blank name", { name: " " }, ["name"], "string_too_short"],
    ["a name of another type", { name: 1 }, ["name"], "string_type"],
    ["permissions that are no list", { name: "ci", permissions: "all" }, ["permissions"], "list_type"],
    ["permissions that are null", { name: "ci", permissions: null }, ["permissions"], "list_type"],
    [
      "a permission that is no string",
      { name: "ci", permissions: ["a", 2] },
      ["permissions", 1],
      "string_type",
    ],
    ["a fractional rate", { name: "ci", rate_limit_per_minute: 1.5 }, ["rate_limit_per_minute"], "int_type"],
    [
      "no rate at all",
      { name: "ci", rate_limit_per_minute: 0 },
      ["rate_limit_per_minute"],
      "greater_than_equal",
    ],
    ["a day for a time", { name: "ci", expires_at: "2026-09-01" }, ["expires_at"], "datetime_parsing"],
    [
      "a time that never is",
      { name: "ci", expires_at: "2026-13-01T00:00:00Z" },
      ["expires_at"],
      "datetime_parsing",
    ],
    ["a time gone by", { name: "ci", expires_at: "2026-06-01T12:00:00Z" }, ["expires_at"], "datetime_future"],
    ["an address that is no string", { name: "ci", allowed_ips: [1] }, ["allowed_ips", 0], "string_type"],
    ["a body that isn't JSON", "{", [], "json_invalid"],
    ["a body that is no object", [], [], "dict_type"],
  ])("answers 422 to %s", async (_, body, path, type) => {
    const { status, json } = await send("POST", KEYS, { bearer: token(), body });
    expect(status).toBe(422);
    expect(json).toEqual({ detail: [{ loc: ["body", ...path], msg: expect.any(String), type }] });
    expect(sandbox().keys("xentree")).toEqual([]);
  });

  it("answers 404 to an organisation that the tenant doesn't have", async () => {
    const { organizationId, otherTenantToken } = sandbox().credentials.xentree;
    const unknown = await create({ organization_id: "497f6eca-6276-4993-bfeb-53cbbbba6f08" });
    expect(unknown).toMatchObject({ status: 404, json: { detail: "Organization not found" } });
    const body = { name: "ci", organization_id: organizationId };
    expect((await send("POST", KEYS, { bearer: otherTenantToken, body })).status).toBe(404);
  });
});

describe("Xentree's login", () => {
  const { sandbox, send, passSeconds } = useSandbox({ accessTokenLifetimeSeconds: 60 });
  const logIn = async () => {
    const { username: email, password } = sandbox().credentials.xentree;
    return (await send("POST", "/api/auth/login", { body: { email, password } })).json;
  };
  const refresh = (refresh_token: string) => send("POST", "/api/auth/refresh", { body: { refresh_token } });
  const me = (bearer: string) => send("GET", "/api/auth/me", { bearer });

  it("gives tokens that look like JWTs and are accepted", async () => {
    const tokens = await logIn();
    expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 60 });
    expect(tokens.access_token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect((await me(tokens.access_token)).json).toEqual({
      id: "a169451c-8525-4352-b8ca-070dd449a1a5",
      email: "admin@acme.example",
      tenant_id: "34f5c98e-f430-457b-a812-92637d0c6fd0",
      role: "admin",
    });
  });

  it("expires its access tokens to the second, and the fixed ones never", async () => {
    const { access_token } = await logIn();
    passSeconds(59);
    expect((await me(access_token)).status).toBe(200);
    passSeconds(1);
    expect(await me(access_token)).toMatchObject({ status: 401, json: { detail: "Token has expired" } });
    expect((await me(sandbox().credentials.xentree.token)).status).toBe(200);
  });

  it("rotates refresh tokens: each is good once", async () => {
    const first = await logIn();
    const second = await refresh(first.refresh_token);
    expect(second.status).toBe(200);
    expect((await me(second.json.access_token)).status).toBe(200);
    const again = await refresh(first.refresh_token);
    expect(again).toMatchObject({ status: 401, json: { detail: "Invalid refresh token" } });
    expect((await refresh(second.json.refresh_token)).status).toBe(200);
  });

  it("takes neither kind of token for the other", async () => {
    const { access_token, refresh_token } = await logIn();
    expect((await refresh(access_token)).status).toBe(401);
    expect((await me(refresh_token)).status).toBe(401);
  });

  it("refuses a refresh token after a week", async () => {
    const { refresh_token } = await logIn();
    passSeconds(7 * 24 * 3600);
    expect((await refresh(refresh_token)).status).toBe(401);
  });

  it("answers 401 to a wrong password and 422 to a missing one", async () => {
    const email = sandbox().credentials.xentree.username;
    const wrong = await send("POST", "/api/auth/login", { body: { email, password: "wrong" } });
    expect(wrong).toMatchObject({ status: 401, json: { detail: "Incorrect email or password" } });
    const missing = await send("POST", "/api/auth/login", { body: { email } });
    expect(missing).toMatchObject({ status: 422, json: { detail: [{ loc: ["body", "password"] }] } });
    expect((await send("POST", "/api/auth/refresh", { body: {} })).status).toBe(422);
  });
});
