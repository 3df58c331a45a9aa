import { variableName } from "../../provider/base/settingNames";
import { Connections, originOf } from "../../provider/connection/connections";
import { redact } from "../../provider/redaction/redactor";
import { acme, applications, parse, sendkit, xentree } from "../support/vendor/definitions";

type Environment = Record<string, string | undefined>;

function connections(config: unknown, environment: Environment = {}): Connections {
  return new Connections(typeof config === "string" ? config : JSON.stringify(config), environment);
}

function complaint(
  config: unknown,
  environment: Environment = {},
  name = "prod",
  definition = xentree,
): string {
  try {
    connections(config, environment).resolve(name, definition);
  } catch (error) {
    expect(error).toMatchObject({ name: "ApiKeysError", code: "CONFIGURATION" });
    return (error as Error).message;
  }
  return "no complaint";
}

const advice =
  "set APIKEYS_PROD_TOKEN, or APIKEYS_PROD_USERNAME and APIKEYS_PROD_PASSWORD in the environment, or: " +
  "pulumi config set --secret --path 'apikeys:connections.prod.token'.";

describe("a connection", () => {
  it("comes from stack config", () => {
    const config = { prod: { service: "xentree", baseUrl: "https://x.example/base/", token: "canary" } };
    expect(connections(config).resolve("prod", xentree)).toEqual({
      name: "prod",
      baseUrl: new URL("https://x.example/base/"),
      credentials: { token: "canary" },
      policy: {},
      listLagMs: 10_000,
    });
  });

  it("needs no config where the environment says enough, and goes to the service's own address", () => {
    const { baseUrl, credentials } = new Connections(undefined, { APIKEYS_XENTREE_TOKEN: "t" }).resolve(
      "xentree",
      xentree,
    );
    expect(baseUrl).toEqual(new URL("https://my.xentree.com"));
    expect(credentials).toEqual({ token: "t" });
  });

  it("takes each address from the environment before the config", () => {
    const config = { prod: { baseUrl: "https://config.example", token: "t" } };
    const environment = { APIKEYS_PROD_BASE_URL: "https://environment.example" };
    expect(connections(config, environment).resolve("prod", xentree).baseUrl).toEqual(
      new URL("https://environment.example"),
    );
  });

  it("takes credentials from one place only: halves of two would not belong together", () => {
    const config = { prod: { username: "old", password: "old" } };
    const { credentials } = connections(config, { APIKEYS_PROD_TOKEN: "new" }).resolve("prod", xentree);
    expect(credentials).toEqual({ token: "new" });
    expect(complaint(config, { APIKEYS_PROD_USERNAME: "new" })).toBe(
      `Connection "prod" has username, which is no complete set: ${advice}`,
    );
  });

  it("ignores an empty variable", () => {
    const config = { prod: { token: "config" } };
    const { credentials } = connections(config, {
      APIKEYS_PROD_TOKEN: "",
      APIKEYS_PROD_BASE_URL: "",
    }).resolve("prod", xentree);
    expect(credentials).toEqual({ token: "config" });
  });

  it.each([
    [{ token: "t" }, { token: "t" }],
    [
      { username: "u", password: "p" },
      { username: "u", password: "p" },
    ],
    [{ apiKey: "k" }, { apiKey: "k" }],
    [{ token: "t", apiKey: "" }, { token: "t" }],
  ])("with %j has one kind of credentials", (setting, credentials) => {
    expect(connections({ prod: setting }).resolve("prod", xentree).credentials).toEqual(credentials);
  });

  it.each([
    ["no credentials", undefined, "has no credentials"],
    ["none in its config", { prod: {} }, "has no credentials"],
    ["a username alone", { prod: { username: "canary" } }, "has username, which is no complete set"],
    ["a password alone", { prod: { password: "canary" } }, "has password, which is no complete set"],
  ])("with %s is refused, and the error says what to set", (_, config, problem) => {
    expect(complaint(config === undefined ? "{}" : config)).toBe(`Connection "prod" ${problem}: ${advice}`);
  });

  it.each([
    [
      { token: "canary", username: "canary", password: "canary" },
      "token and username and password",
      (place: (key: string) => string) =>
        `${place("token")}, or ${place("username")} and ${place("password")}`,
    ],
    [
      { token: "canary", password: "canary" },
      "token and password",
      (place: (key: string) => string) => place("token"),
    ],
  ] as const)(
    "with more than one set needs is refused, and the error says which to keep: %j",
    (held, names, sets) => {
      const inConfig = (key: string) => `apikeys:connections.prod.${key}`;
      const inEnvironment = (key: string) => `APIKEYS_PROD_${key.toUpperCase()}`;
      const problem = `Connection "prod" has ${names}, which is more than one set of credentials needs: keep `;
      expect(complaint({ prod: held })).toBe(
        `${problem}${sets(inConfig)}, and remove the rest from the stack config.`,
      );
      const environment = Object.fromEntries(
        Object.entries(held).map(([key, value]) => [inEnvironment(key), value]),
      );
      expect(complaint({}, environment)).toBe(
        `${problem}${sets(inEnvironment)}, and remove the rest from the environment.`,
      );
    },
  );

  it("is missing its credentials: the error names the variable and the config key", () => {
    expect(complaint({}, {}, "mail-eu", sendkit)).toBe(
      'Connection "mail-eu" has no credentials: set APIKEYS_MAIL_EU_API_KEY in the environment, or: ' +
        "pulumi config set --secret --path 'apikeys:connections.mail-eu.apiKey'.",
    );
  });

  it("without an address is refused where the service has no common one", () => {
    expect(complaint({ prod: { token: "canary" } }, {}, "prod", applications)).toBe(
      'Connection "prod" has no base URL, and Applications API has no common one: set the environment variable ' +
        "APIKEYS_PROD_BASE_URL, or: pulumi config set --path 'apikeys:connections.prod.baseUrl' https://…",
    );
  });

  it("for another service is refused", () => {
    expect(complaint({ prod: { service: "sendkit", apiKey: "canary" } })).toBe(
      'Connection "prod" is for service "sendkit" (config key apikeys:connections.prod.service), but the key is of ' +
        'service "xentree"; name another connection.',
    );
  });

  it("works for a user-defined service by its name", () => {
    const own = parse(acme());
    const config = { acme: { service: "acme", token: "t" } };
    expect(connections(config).resolve("acme", own).baseUrl).toEqual(new URL("https://acme.example"));
  });

  it.each(["__proto__", "constructor", "toString"])(
    "called %s finds nothing that objects inherit",
    (name) => {
      expect(complaint({}, {}, name)).toContain("has no credentials");
    },
  );
});

describe("a base URL", () => {
  const fix =
    "correct the environment variable APIKEYS_PROD_BASE_URL or the config key apikeys:connections.prod.baseUrl.";

  it.each([
    ["vendor.example", "is no http(s) URL"],
    ["ftp://vendor.example", "is no http(s) URL"],
    ["", "is no http(s) URL"],
    ["https://canary:canary@vendor.example", "holds credentials, which would show in messages"],
    ["https://vendor.example/?key=canary", "has a query or a fragment"],
    ["https://vendor.example/#canary", "has a query or a fragment"],
    ["http://vendor.example", "is http://, which would send credentials in the clear; use https://"],
    [
      "http://localhost.vendor.example",
      "is http://, which would send credentials in the clear; use https://",
    ],
    [
      "http://127.0.0.1.vendor.example",
      "is http://, which would send credentials in the clear; use https://",
    ],
    ["http://128.0.0.1", "is http://, which would send credentials in the clear; use https://"],
  ])("%p is refused without being shown", (baseUrl, problem) => {
    const told = complaint({ prod: { baseUrl, token: "canary" } });
    expect(told).toBe(`The base URL of connection "prod" ${problem}: ${fix}`);
    expect(told).not.toContain("canary");
  });

  it.each([
    "http://localhost:8080",
    "http://127.0.0.1",
    "http://127.1.2.3:1",
    "http://[::1]:8080",
    "http://0x7f000001",
  ])("%s may be plain http, for it is this machine", (baseUrl) => {
    expect(complaint({ prod: { baseUrl, token: "t" } })).toBe("no complaint");
  });

  it("is identified by its origin: scheme, host and port", () => {
    const config = { prod: { baseUrl: "https://Vendor.example:443/base", token: "t" } };
    expect(originOf(connections(config).resolve("prod", xentree))).toBe("https://vendor.example");
  });
});

describe("stack config that is malformed", () => {
  const whole =
    "The config key apikeys:connections is not an object of named connections. Set each part with a path, such as: " +
    "pulumi config set --path 'apikeys:connections.xentree.baseUrl' https://…";

  it.each(["canary", "[]", "null", '"canary"', "{", "5"])(
    "as a whole is told of, without its text: %s",
    (text) => {
      expect(complaint(text)).toBe(whole);
    },
  );

  const parts =
    "A connection has service, baseUrl, and token, or username and password; it may have authBaseUrl, caFile, certFile, keyFile, attempts, " +
    "attemptTimeoutSeconds, operationTimeoutSeconds, concurrency, maxRetryAfterSeconds, listLagSeconds.";

  it.each<[unknown, string]>([
    [{ prod: "canary" }, "it must be an object"],
    [{ prod: null }, "it must be an object"],
    [{ prod: { token: 5 } }, "token must be text"],
    [
      { prod: { token: "canary", tokn: "canary" } },
      '"tokn" is no setting of a connection; did you mean "token"?',
    ],
    [
      { prod: { token: 5, baseUrl: {}, a: 1, b: 2 } },
      'baseUrl must be text; token must be text; "a" is no setting of a connection; "b" is no setting of a connection',
    ],
  ])("in one connection is reported with its path: %j", (config, problem) => {
    expect(complaint(config)).toBe(
      `The config key apikeys:connections.prod is malformed: ${problem}. ${parts}`,
    );
  });

  it("in one connection does not affect another", () => {
    const config = { broken: 5, prod: { token: "t" } };
    expect(complaint(config)).toBe("no complaint");
  });
});

describe("an environment variable's name", () => {
  it.each([
    ["xentree", "token", "APIKEYS_XENTREE_TOKEN"],
    ["mail-eu", "apiKey", "APIKEYS_MAIL_EU_API_KEY"],
    ["a.b/c", "baseUrl", "APIKEYS_A_B_C_BASE_URL"],
    ["Prod2", "username", "APIKEYS_PROD2_USERNAME"],
    ["prod", "attemptTimeoutSeconds", "APIKEYS_PROD_ATTEMPT_TIMEOUT_SECONDS"],
  ] as const)("of connection %s and %s is %s", (connection, key, name) => {
    expect(variableName(connection, key)).toBe(name);
  });
});

describe("a credential is a secret of the process from the moment that it is found", () => {
  const resolve = (config: object, environment: Environment = {}) =>
    connections({ prod: { baseUrl: "https://x.example", ...config } }, environment).resolve("prod", xentree);

  it("in stack config", () => {
    resolve({ token: "0-canary-token" });
    expect(redact("Bearer 0-canary-token")).toBe("Bearer [secret]");
    resolve({ username: "1-canary-user", password: "1-canary-password" });
    expect(redact("1-canary-user:1-canary-password")).toBe("[secret]:[secret]");
  });

  it("in the environment, and then that of the stack config, which it replaces, too", () => {
    resolve({ token: "2-canary-config" }, { APIKEYS_PROD_TOKEN: "2-canary-environment" });
    expect(redact("2-canary-config 2-canary-environment")).toBe("[secret] [secret]");
  });

  it("even when it belongs to no complete set, or to no scheme of the service", () => {
    expect(complaint({ prod: { password: "3-canary-half" } })).toContain("no complete set");
    expect(redact("3-canary-half")).toBe("[secret]");
    connections({ prod: { apiKey: "4-canary-key" } }).resolve("prod", xentree);
    expect(redact("4-canary-key")).toBe("[secret]");
  });
});

describe("credentials that a service names itself", () => {
  const headers = { "X-Key": "{apiKey}", "X-Application": "{applicationKey}" };
  const own = parse({ ...acme(), auth: { scheme: "headers", headers } });

  it("come from stack config or the environment, and are secrets from then on", () => {
    const config = { prod: { apiKey: "5-canary-key", applicationKey: "5-canary-app" } };
    expect(connections(config).resolve("prod", own).credentials).toEqual(config.prod);
    const environment = {
      APIKEYS_PROD_API_KEY: "6-canary-key",
      APIKEYS_PROD_APPLICATION_KEY: "6-canary-app",
    };
    expect(connections({}, environment).resolve("prod", own).credentials).toEqual({
      apiKey: "6-canary-key",
      applicationKey: "6-canary-app",
    });
    expect(redact("5-canary-app 6-canary-app")).toBe("[secret] [secret]");
  });

  it("that are mistyped, or another service's, are refused with the nearest name", () => {
    expect(complaint({ prod: { aplicationKey: "canary" } }, {}, "prod", own)).toContain(
      '"aplicationKey" is no setting of a connection; did you mean "applicationKey"?',
    );
    expect(complaint({ prod: { applicationKey: "canary" } })).toContain('"applicationKey" is no setting');
  });
});

describe("a base URL for logins", () => {
  it("comes from the environment before the config, and must not be in the clear", () => {
    const config = { prod: { token: "t", authBaseUrl: "https://config.example/" } };
    expect(connections(config).resolve("prod", xentree).authBaseUrl).toEqual(
      new URL("https://config.example"),
    );
    const environment = { APIKEYS_PROD_AUTH_BASE_URL: "https://environment.example" };
    expect(connections(config, environment).resolve("prod", xentree).authBaseUrl).toEqual(
      new URL("https://environment.example"),
    );
    expect(complaint({ prod: { token: "t", authBaseUrl: "http://canary.example" } })).toBe(
      'The base URL for logins of connection "prod" is http://, which would send credentials in the clear; use https://: ' +
        "correct the environment variable APIKEYS_PROD_AUTH_BASE_URL or the config key apikeys:connections.prod.authBaseUrl.",
    );
  });
});
