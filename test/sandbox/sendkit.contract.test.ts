import { useSandbox } from "../support/vendor/sandbox";

const FORBIDDEN = {
  status: 403,
  json: { error: "Forbidden", message: "You don't have permission to access this resource", code: 403 },
};
const NOT_FOUND = {
  status: 404,
  json: { error: "Not Found", message: "The requested resource was not found", code: 404 },
};

describe("SendKit's workspace key", () => {
  const { sandbox, send } = useSandbox();
  const owner = () => sandbox().credentials.sendkit.apiKey;
  const pathOf = (workspace: string) => `/v1/workspaces/${workspace}/api-key`;
  const path = () => pathOf(sandbox().credentials.sendkit.workspaceId);
  const create = (body?: object) => send("POST", path(), { apiKey: owner(), body });

  it("answers 201 with the key and its value in the envelope", async () => {
    const { status, json } = await create({ name: "mailer" });
    expect(status).toBe(201);
    expect(json).toEqual({
      success: true,
      data: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        name: "mailer",
        prefix: json.data.key.slice(0, 12),
        createdAt: "2026-06-01T12:00:00.000Z",
        key: expect.stringMatching(/^sk_ws_[\w-]{43}$/),
      },
    });
  });

  it("gives the key a name when the request has none, or no body", async () => {
    expect((await create()).json.data.name).toBe("Workspace key");
    sandbox().revokeOutOfBand("sendkit", sandbox().keys("sendkit")[0]?.id ?? "");
    expect((await create({})).json.data.name).toBe("Workspace key");
  });

  it("answers 409 in the second envelope when the workspace has a key, and leaves that key alone", async () => {
    const { key } = (await create()).json.data;
    const { status, json } = await create();
    expect(status).toBe(409);
    expect(json).toEqual({ success: false, error: { code: "CONFLICT", message: expect.any(String) } });
    expect((await send("GET", "/v1/ping", { apiKey: key })).status).toBe(200);
  });

  it("shows the key without its value, and 404 in the first envelope when there is none", async () => {
    expect(await send("GET", path(), { apiKey: owner() })).toMatchObject(NOT_FOUND);
    const { key: _, ...shown } = (await create()).json.data;
    expect((await send("GET", path(), { apiKey: owner() })).json).toEqual({ success: true, data: shown });
  });

  it("invalidates the key at once when it is deleted, and answers 404 to the next delete", async () => {
    const { key } = (await create()).json.data;
    const deleted = await send("DELETE", path(), { apiKey: owner() });
    expect(deleted.status).toBe(200);
    expect(deleted.json).toEqual({ success: true, data: { message: "API key deleted" } });
    expect(await send("GET", "/v1/ping", { apiKey: key })).toMatchObject({
      status: 401,
      json: { code: 401 },
    });
    expect(await send("DELETE", path(), { apiKey: owner() })).toMatchObject(NOT_FOUND);
  });

  it("holds one key per workspace, not per owner", async () => {
    await create();
    const elsewhere = pathOf(sandbox().credentials.sendkit.otherWorkspaceId);
    expect((await send("POST", elsewhere, { apiKey: owner() })).status).toBe(201);
  });

  it("answers 403 to workspace keys, to members, and for anybody else's workspace", async () => {
    const { memberApiKey, workspaceApiKey } = sandbox().credentials.sendkit;
    const { key } = (await create()).json.data;
    for (const apiKey of [memberApiKey, workspaceApiKey, key]) {
      expect(await send("DELETE", path(), { apiKey })).toMatchObject(FORBIDDEN);
    }
    expect(await send("GET", pathOf("ws_foreign"), { apiKey: owner() })).toMatchObject(FORBIDDEN);
  });

  it("answers 401 without a key and to one that nobody has", async () => {
    expect((await send("GET", path())).status).toBe(401);
    expect((await send("GET", path(), { apiKey: "sk_user_nobody" })).json).toMatchObject({ code: 401 });
  });

  it.each([
    ["a name of another type", { name: 1 }, "name"],
    ["a blank name", { name: "" }, "name"],
    ["a body that isn't JSON", "name=mailer", ""],
  ])("answers 400 in the second envelope, with details, to %s", async (_, body, field) => {
    const { status, json } = await send("POST", path(), { apiKey: owner(), body });
    expect(status).toBe(400);
    expect(json).toEqual({
      success: false,
      error: {
        code: "VALIDATION_ERROR",
        message: expect.any(String),
        details: [{ field, message: expect.any(String) }],
      },
    });
  });

  it("answers 404 and 405 in the first envelope where it has no route", async () => {
    expect((await send("GET", "/v1/nowhere", { apiKey: owner() })).json).toMatchObject({ code: 404 });
    expect((await send("PUT", path(), { apiKey: owner() })).json).toMatchObject({ code: 405 });
  });
});
