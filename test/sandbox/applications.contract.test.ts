import { useSandbox } from "../support/vendor/sandbox";

const MISSING = "00000000-0000-4000-8000-000000000000";

describe("Applications' API keys", () => {
  const { sandbox, send, passSeconds } = useSandbox();
  const token = () => sandbox().credentials.applications.token;
  const keysOf = (application: string) => `/api/v1/applications/${application}/api-keys`;
  const path = () => keysOf(sandbox().credentials.applications.applicationId);
  const create = (fields: object = {}) =>
    send("POST", path(), { bearer: token(), body: { name: "ci", ...fields } });

  it("answers 201 with the key and its value", async () => {
    const { status, json } = await create({ permissions: ["write"], expiresAt: "2026-09-01T00:00:00Z" });
    expect(status).toBe(201);
    expect(json).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      applicationId: sandbox().credentials.applications.applicationId,
      name: "ci",
      prefix: json.key.slice(0, 12),
      permissions: ["write"],
      expiresAt: "2026-09-01T00:00:00.000Z",
      createdAt: "2026-06-01T12:00:00.000Z",
      key: expect.stringMatching(/^app_live_[\w-]{43}$/),
    });
  });

  it("lets a key read and never expire unless told otherwise", async () => {
    expect((await create()).json).toMatchObject({ permissions: ["read"], expiresAt: null });
  });

  it("gets the collection as a bare array and one key as an object, both without the value", async () => {
    const { key: _, ...shown } = (await create()).json;
    expect((await send("GET", path(), { bearer: token() })).json).toEqual([shown]);
    expect((await send("GET", `${path()}/${shown.id}`, { bearer: token() })).json).toEqual(shown);
  });

  it("answers a revocation with an empty object, and 404 from then on; other keys go on working", async () => {
    const { id, key } = (await create()).json;
    const other = (await create({ name: "other" })).json;
    expect(await send("DELETE", `${path()}/${id}`, { bearer: token() })).toMatchObject({
      status: 200,
      json: {},
    });
    const notFound = {
      status: 404,
      json: { error: "Not Found", message: "The requested resource was not found", code: 404 },
    };
    expect(await send("DELETE", `${path()}/${id}`, { bearer: token() })).toMatchObject(notFound);
    expect(await send("GET", `${path()}/${id}`, { bearer: token() })).toMatchObject(notFound);
    expect((await send("GET", "/api/v1/ping", { bearer: key })).status).toBe(401);
    expect(await send("GET", "/api/v1/ping", { bearer: other.key })).toMatchObject({
      status: 200,
      json: { ok: true, name: "other" },
    });
  });

  it("finds a key under its own application only", async () => {
    const { id } = (await create()).json;
    const elsewhere = keysOf(sandbox().credentials.applications.otherApplicationId);
    expect((await send("GET", `${elsewhere}/${id}`, { bearer: token() })).status).toBe(404);
    expect((await send("GET", elsewhere, { bearer: token() })).json).toEqual([]);
    expect((await send("GET", keysOf(MISSING), { bearer: token() })).status).toBe(404);
  });

  it("refuses an expired key at the use endpoint", async () => {
    const { key } = (await create({ expiresAt: "2026-06-01T12:00:10Z" })).json;
    expect((await send("GET", "/api/v1/ping", { bearer: key })).status).toBe(200);
    passSeconds(10);
    const { status, json } = await send("GET", "/api/v1/ping", { bearer: key });
    expect(status).toBe(401);
    expect(json).toEqual({
      error: "Unauthorized",
      message: "Authentication required. Please provide a valid API token",
      code: 401,
    });
  });

  it("answers 401 without a valid token and 403 to a viewer", async () => {
    expect((await send("GET", path())).status).toBe(401);
    expect((await send("GET", path(), { bearer: sandbox().credentials.xentree.token })).status).toBe(401);
    const viewer = await send("GET", path(), { bearer: sandbox().credentials.applications.viewerToken });
    expect(viewer.status).toBe(403);
    expect(viewer.json).toEqual({
      error: "Forbidden",
      message: "You don't have permission to access this resource",
      code: 403,
    });
  });

  it("answers 400 that names each malformed id", async () => {
    const { status, json } = await send("DELETE", `${keysOf("mine")}/it`, { bearer: token() });
    expect(status).toBe(400);
    expect(json).toEqual({
      error: "Bad Request",
      message: "The request contains invalid parameters or malformed data",
      code: 400,
      details: [
        { field: "id", message: "Invalid uuid format" },
        { field: "keyId", message: "Invalid uuid format" },
      ],
    });
  });

  it("answers 400 that names each invalid field", async () => {
    const body = { permissions: [1], expiresAt: "soon" };
    const { status, json } = await send("POST", path(), { bearer: token(), body });
    expect(status).toBe(400);
    expect(json.details.map(({ field }: { field: string }) => field)).toEqual([
      "name",
      "permissions.0",
      "expiresAt",
    ]);
    expect(sandbox().keys("applications")).toEqual([]);
  });

  it("answers 404 and 405 in the envelope where it has no route", async () => {
    expect((await send("GET", "/api/v1/keys", { bearer: token() })).json).toMatchObject({ code: 404 });
    expect((await send("PATCH", path(), { bearer: token() })).json).toMatchObject({ code: 405 });
  });
});
