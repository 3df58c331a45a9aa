import { useStack } from "../support/engine/fixture";
import { liveKeys, requests } from "../support/engine/vendors";
import { sees, title } from "./matrix";

describe("credentials that the vendor's admins change between up and destroy", () => {
  const connection = (name: string) => `apikeys:connections.${name}`;
  const at = useStack(
    "test",
    (sandbox) => `
      const { xentree, sendkit } = require("pulumi-apikeys");
      new xentree.ApiKey("by-token", { connection: "tokens" });
      new xentree.ApiKey("by-login", { connection: "people" });
      new sendkit.ApiKey("by-key", { connection: "mail", workspaceId: "${sandbox.credentials.sendkit.workspaceId}" });`,
  );

  /** What has to stay secret, as the vendors want it now. */
  const secrets = () => {
    const { xentree, sendkit } = at.sandbox.credentials;
    return {
      [`${connection("tokens")}.token`]: xentree.token,
      [`${connection("people")}.password`]: xentree.password,
      [`${connection("mail")}.apiKey`]: sendkit.apiKey,
    };
  };
  const rotate = () => {
    at.sandbox.rotateCredentialsOutOfBand("xentree");
    at.sandbox.rotateCredentialsOutOfBand("sendkit");
  };
  const live = () => [...liveKeys(at.sandbox, "xentree"), ...liveKeys(at.sandbox, "sendkit")];

  // Taken from the environment, or from config with --run-program; till then each key stays in state.
  it(title("auth.rotated"), async () => {
    const { sandbox, stack } = at;
    const addresses = ["tokens", "people", "mail"].map((name) => [
      `${connection(name)}.baseUrl`,
      sandbox.url,
    ]);
    const plain = {
      [`${connection("people")}.username`]: sandbox.credentials.xentree.username,
      // A path keeps digits as a number, which has to be as good as the environment's text.
      [`${connection("people")}.attempts`]: "2",
    };
    await stack.setConfig({ ...Object.fromEntries(addresses), ...plain }, "plaintext");
    await stack.setConfig(secrets(), "secret");
    await stack.up("--skip-preview");
    const keys = live();
    expect(keys).toHaveLength(3);

    const old = Object.values(secrets());
    rotate();
    await stack.setConfig(secrets(), "secret");
    for (const command of ["refresh", "destroy"]) {
      const { exitCode, output } = await stack.pulumi([command, "--yes", "--skip-preview"], {
        allowFailure: true,
      });
      expect(exitCode).not.toBe(0);
      expect(output).toMatch(sees("auth.rotated"));
      for (const name of ["tokens", "people", "mail"]) {
        expect(output).toMatch(new RegExp(`error: .*\\(connection "${name}"\\): .*HTTP 401.*--run-program`));
      }
      for (const secret of [...old, ...Object.values(secrets())]) expect(output).not.toContain(secret);
    }
    const { resources } = (await stack.exportState()).deployment;
    expect(resources.map(({ id }) => id)).toEqual(expect.arrayContaining(keys));
    expect((await stack.refresh("--skip-preview", "--run-program")).output).toMatch(/4 unchanged/);

    rotate();
    const { xentree, sendkit } = sandbox.credentials;
    stack.setEnv({
      APIKEYS_TOKENS_TOKEN: xentree.token,
      APIKEYS_PEOPLE_USERNAME: xentree.username,
      APIKEYS_PEOPLE_PASSWORD: xentree.password,
      APIKEYS_MAIL_API_KEY: sendkit.apiKey,
    });
    expect((await stack.refresh("--skip-preview")).output).toMatch(/4 unchanged/);
    expect(live()).toEqual(keys);
    await stack.destroy("--skip-preview");
    expect(live()).toEqual([]);
  });
});

describe("an access token that expires twice while twenty keys are created", () => {
  const lifetimeSeconds = 600;
  const expiries = [5, 15];
  const at = useStack(
    "test",
    () => `
      const { xentree } = require("pulumi-apikeys");
      for (let n = 0; n < 20; n++) new xentree.ApiKey("key-" + n, { name: "key-" + n }, {});`,
    {
      accessTokenLifetimeSeconds: lifetimeSeconds,
      latencyMs: 50,
      // The vendor's clock passes the token's end when it holds so many keys, and not when the machine is slow.
      now: () =>
        Date.now() + expiries.filter((keys) => held() >= keys).length * (lifetimeSeconds + 1) * 1_000,
    },
  );
  const held = (): number => at.sandbox?.keys("xentree").length ?? 0;

  it("is refreshed once each time for all calls, and each key is created once", async () => {
    const { username, password } = at.sandbox.credentials.xentree;
    at.stack.setEnv({
      APIKEYS_XENTREE_TOKEN: "",
      APIKEYS_XENTREE_USERNAME: username,
      APIKEYS_XENTREE_PASSWORD: password,
    });
    await at.stack.up("--skip-preview");
    const count = (path: string) =>
      requests(at.sandbox, "POST").filter((request) => request === `POST ${path}`);
    expect(count("/api/auth/login")).toHaveLength(1);
    expect(count("/api/auth/refresh")).toHaveLength(expiries.length);
    const refused = at.sandbox.journal.entries().filter(({ status }) => status === 401);
    expect(refused.length).toBeGreaterThanOrEqual(expiries.length);
    expect(liveKeys(at.sandbox, "xentree")).toHaveLength(20);
    expect(new Set(at.sandbox.keys("xentree").map(({ name }) => name)).size).toBe(20);
  });
});
