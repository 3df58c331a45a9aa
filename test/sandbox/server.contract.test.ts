import { formatSandboxHelp, startSandbox } from "../../sandbox";
import { connectionErrorOf, NOW, sendTo, useSandbox } from "../support/vendor/sandbox";

const KEYS = "/api/admin/api-keys";

describe("the sandbox's journal", () => {
  const { sandbox, send, passSeconds } = useSandbox();

  it("tells each request's vendor, method, path with query, status and time, in order", async () => {
    await send("GET", "/api/ping?a=1");
    passSeconds(1);
    await send("GET", "/api/v1/ping");
    await send("DELETE", "/v1/workspaces/x/api-key");
    await send("GET", "/");
    expect(sandbox().journal.entries()).toMatchObject([
      { vendor: "xentree", method: "GET", path: "/api/ping?a=1", status: 401, at: NOW },
      { vendor: "applications", method: "GET", path: "/api/v1/ping", status: 401, at: NOW + 1000 },
      { vendor: "sendkit", method: "DELETE", path: "/v1/workspaces/x/api-key", status: 401, at: NOW + 1000 },
      { vendor: null, method: "GET", path: "/", status: 404, at: NOW + 1000 },
    ]);
  });

  it("tells how many bytes each answer's body had, and how many of a truncated one were sent", async () => {
    const whole = await send("GET", "/api/ping");
    sandbox().inject({ action: { kind: "truncateAfterCommit" } });
    await send("GET", "/api/ping").catch(() => undefined);
    const { length } = Buffer.from(whole.text);
    expect(length).toBeGreaterThan(1);
    expect(
      sandbox()
        .journal.entries()
        .map(({ bytes }) => bytes),
    ).toEqual([length, Math.floor(length / 2)]);
  });

  it("counts by method and path, and forgets when cleared", async () => {
    await send("GET", "/api/ping");
    await send("POST", "/api/ping");
    expect(sandbox().journal.count()).toBe(2);
    expect(sandbox().journal.count({ method: "GET" })).toBe(1);
    expect(sandbox().journal.count({ path: /ping/ })).toBe(2);
    expect(sandbox().journal.count({ method: "GET", path: /pong/ })).toBe(0);
    sandbox().journal.clear();
    expect(sandbox().journal.count()).toBe(0);
  });

  it("never holds a credential, a value or a body", async () => {
    const { xentree, applications, sendkit } = sandbox().credentials;
    const { username: email, password } = xentree;
    const login = await send("POST", "/api/auth/login", { body: { email, password } });
    await send("POST", KEYS, { bearer: login.json.access_token, body: { name: "confidential" } });
    const path = `/api/v1/applications/${applications.applicationId}/api-keys`;
    await send("POST", path, { bearer: applications.token, body: { name: "confidential" } });
    await send("POST", `/v1/workspaces/${sendkit.workspaceId}/api-key`, { apiKey: sendkit.apiKey });
    const values = [
      ...sandbox().keys("xentree"),
      ...sandbox().keys("applications"),
      ...sandbox().keys("sendkit"),
    ];
    expect(values).toHaveLength(3);
    const secrets = [password, login.json.access_token, applications.token, sendkit.apiKey, "confidential"];
    const journal = JSON.stringify(sandbox().journal.entries());
    for (const secret of [...secrets, ...values.map(({ value }) => value)])
      expect(journal).not.toContain(secret);
  });
});

describe("the sandbox's listener", () => {
  it("leaves nothing listening once closed, and may be closed twice", async () => {
    const sandbox = await startSandbox();
    expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await sendTo(sandbox.url, "GET", "/")).status).toBe(404);
    await sandbox.close();
    await sandbox.close();
    expect(await connectionErrorOf(fetch(sandbox.url))).toBe("ECONNREFUSED");
  });

  it("starts again on the same port with the same credentials and no keys", async () => {
    const first = await startSandbox();
    const port = Number(new URL(first.url).port);
    first.createOutOfBand("xentree", {});
    await first.close();
    const second = await startSandbox({ port });
    const answer = await sendTo(second.url, "GET", KEYS, { bearer: first.credentials.xentree.token });
    expect(answer).toMatchObject({ status: 200, json: [] });
    expect(second.credentials).toEqual(first.credentials);
    await second.close();
  });

  it("says so when the port is taken", async () => {
    const first = await startSandbox();
    const port = Number(new URL(first.url).port);
    await expect(startSandbox({ port })).rejects.toThrow(
      `The sandbox can't listen on 127.0.0.1:${port}: another process holds it.`,
    );
    await first.close();
  });

  it("answers a path of no vendor with a page in no vendor's error shape", async () => {
    const sandbox = await startSandbox();
    const answer = await sendTo(sandbox.url, "DELETE", "/proxy/api/admin/api-keys/x");
    expect(answer).toMatchObject({ status: 404, json: undefined });
    expect(answer.headers.get("content-type")).toMatch("text/html");
    await sandbox.close();
  });

  it("keeps every request waiting for the latency, and many at once without complaint", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on("warning", note);
    const sandbox = await startSandbox({ latencyMs: 40 });
    const started = performance.now();
    await Promise.all(Array.from({ length: 30 }, () => sendTo(sandbox.url, "GET", "/api/ping")));
    expect(performance.now() - started).toBeGreaterThan(38);
    await sandbox.close();
    process.off("warning", note);
    expect(warnings).toEqual([]);
  });
});

describe("the sandbox's rate limit", () => {
  const { sandbox, send, passSeconds } = useSandbox({ rateLimitPerSecond: 2 });

  it("answers 429 with Retry-After in the vendor's shape, counts each vendor by itself, and ends", async () => {
    await send("GET", "/api/ping");
    await send("GET", "/api/ping");
    const refused = await send("GET", "/api/ping");
    expect(refused).toMatchObject({ status: 429, json: { detail: "Too Many Requests" } });
    expect(refused.headers.get("retry-after")).toBe("1");
    expect((await send("GET", "/v1/ping")).status).toBe(401);
    passSeconds(1);
    expect((await send("GET", "/api/ping")).status).toBe(401);
  });

  it("does nothing for a request it refuses, and spends no fault on it", async () => {
    sandbox().inject({ method: "POST", action: { kind: "respond", status: 503 } });
    const post = () =>
      send("POST", KEYS, { bearer: sandbox().credentials.xentree.token, body: { name: "ci" } });
    await send("GET", "/api/ping");
    await send("GET", "/api/ping");
    expect((await post()).status).toBe(429);
    expect(sandbox().keys("xentree")).toEqual([]);
    passSeconds(1);
    expect([(await post()).status, (await post()).status]).toEqual([503, 201]);
  });
});

describe("the sandbox's help", () => {
  const { sandbox } = useSandbox();

  it("can be pasted: every export line, the seeded ids, and the curl that revokes", () => {
    const help = formatSandboxHelp(sandbox());
    const { url, credentials } = sandbox();
    expect(help.split("\n").filter((line) => line.startsWith("export "))).toEqual([
      `export APIKEYS_XENTREE_BASE_URL=${url}`,
      `export APIKEYS_XENTREE_TOKEN=${credentials.xentree.token}`,
      `export APIKEYS_APPLICATIONS_BASE_URL=${url}`,
      `export APIKEYS_APPLICATIONS_TOKEN=${credentials.applications.token}`,
      `export APIKEYS_SENDKIT_BASE_URL=${url}`,
      `export APIKEYS_SENDKIT_API_KEY=${credentials.sendkit.apiKey}`,
    ]);
    expect(help).toContain(credentials.applications.otherApplicationId);
    expect(help).toContain(credentials.sendkit.otherWorkspaceId);
    expect(help).toContain(
      `curl -X DELETE -H "Authorization: Bearer $APIKEYS_XENTREE_TOKEN" ${url}${KEYS}/KEY_ID`,
    );
  });
});
