import { useSandbox } from "../support/vendor/sandbox";

describe("credentials that an admin has changed", () => {
  const { sandbox, send } = useSandbox();
  const login = async () => {
    const { username: email, password } = sandbox().credentials.xentree;
    return send("POST", "/api/auth/login", { body: { email, password } });
  };
  const list = async (bearer: string) => (await send("GET", "/api/admin/api-keys", { bearer })).status;

  it("at Xentree let neither the old token nor the old password in, nor what a login gave", async () => {
    const before = sandbox().credentials.xentree;
    const session = (await login()).json;
    sandbox().rotateCredentialsOutOfBand("xentree");
    expect(await list(before.token)).toBe(401);
    expect(await list(session.access_token)).toBe(401);
    const { refresh_token } = session;
    expect((await send("POST", "/api/auth/refresh", { body: { refresh_token } })).status).toBe(401);
    const { username: email, password } = before;
    expect((await send("POST", "/api/auth/login", { body: { email, password } })).status).toBe(401);

    expect(await list(sandbox().credentials.xentree.token)).toBe(200);
    const renewed = await login();
    expect(renewed.status).toBe(200);
    expect(await list(renewed.json.access_token)).toBe(200);
  });

  it("at Applications and SendKit let the new ones in and not the old", async () => {
    const applications = () => {
      const { applicationId, token: bearer } = sandbox().credentials.applications;
      return { bearer, path: `/api/v1/applications/${applicationId}/api-keys` };
    };
    const old = { ...applications(), apiKey: sandbox().credentials.sendkit.apiKey };
    const workspace = `/v1/workspaces/${sandbox().credentials.sendkit.workspaceId}/api-key`;
    sandbox().rotateCredentialsOutOfBand("applications");
    sandbox().rotateCredentialsOutOfBand("sendkit");
    expect((await send("GET", old.path, { bearer: old.bearer })).status).toBe(401);
    expect((await send("GET", workspace, { apiKey: old.apiKey })).status).toBe(401);
    const { bearer, path } = applications();
    expect((await send("GET", path, { bearer })).status).toBe(200);
    const { apiKey } = sandbox().credentials.sendkit;
    // There is no key yet, which only an owner or admin is told.
    expect((await send("GET", workspace, { apiKey })).status).toBe(404);
  });

  it("of one vendor leave the others' and the keys made with the old ones as they were", async () => {
    const { value } = sandbox().createOutOfBand("xentree", {});
    const { applications, sendkit } = sandbox().credentials;
    sandbox().rotateCredentialsOutOfBand("xentree");
    expect(sandbox().credentials).toMatchObject({ applications, sendkit });
    expect((await send("GET", "/api/ping", { bearer: value })).status).toBe(200);
  });
});
