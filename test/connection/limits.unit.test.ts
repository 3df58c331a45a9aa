import { readFileSync } from "node:fs";
import path from "node:path";
import { variableName } from "../../provider/base/settingNames";
import { Connections } from "../../provider/connection/connections";
import { defaultPolicy } from "../../provider/http/policy";
import { xentree } from "../support/vendor/definitions";

type Environment = Record<string, string | undefined>;

function resolve(limits: Record<string, unknown>, environment: Environment = {}) {
  const config = JSON.stringify({ prod: { token: "t", ...limits } });
  return new Connections(config, environment).resolve("prod", xentree);
}

function complaint(limits: Record<string, unknown>, environment: Environment = {}): string {
  try {
    resolve(limits, environment);
  } catch (error) {
    expect(error).toMatchObject({ name: "ApiKeysError", code: "CONFIGURATION" });
    return (error as Error).message;
  }
  return "no complaint";
}

const bounds = [
  ["attempts", 1, 20],
  ["attemptTimeoutSeconds", 1, 3_600],
  ["operationTimeoutSeconds", 1, 86_400],
  ["concurrency", 1, 100],
  ["maxRetryAfterSeconds", 1, 3_600],
  ["listLagSeconds", 0, 600],
] as const;

describe("the limits of a connection", () => {
  it("are by default the policy's, and ten seconds for a list", () => {
    expect(resolve({})).toMatchObject({ policy: {}, listLagMs: 10_000 });
    expect(resolve({}).policy).toEqual({});
  });

  it("come from stack config, as numbers or as text", () => {
    const limits = {
      attempts: 2,
      attemptTimeoutSeconds: "7",
      operationTimeoutSeconds: 90,
      concurrency: "3",
      maxRetryAfterSeconds: 45,
      listLagSeconds: "0",
    };
    expect(resolve(limits)).toMatchObject({
      policy: {
        attempts: 2,
        attemptTimeoutMs: 7_000,
        operationTimeoutMs: 90_000,
        concurrency: 3,
        maxRetryAfterMs: 45_000,
      },
      listLagMs: 0,
    });
  });

  it("come from the environment first, one by one", () => {
    const environment = { APIKEYS_PROD_ATTEMPTS: "4", APIKEYS_PROD_LIST_LAG_SECONDS: "30" };
    const { policy, listLagMs } = resolve({ attempts: 2, concurrency: 3, listLagSeconds: 1 }, environment);
    expect(policy).toEqual({ attempts: 4, concurrency: 3 });
    expect(listLagMs).toBe(30_000);
  });

  it("ignore an empty variable", () => {
    expect(resolve({ attempts: 2 }, { APIKEYS_PROD_ATTEMPTS: "" }).policy).toEqual({ attempts: 2 });
  });

  it.each(bounds)("have bounds: %s is from %d to %d", (name, minimum, maximum) => {
    const others = { attemptTimeoutSeconds: 1, operationTimeoutSeconds: 86_400 };
    expect(complaint({ ...others, [name]: minimum })).toBe("no complaint");
    expect(complaint({ ...others, [name]: maximum })).toBe("no complaint");
    const told = `${name} must be a whole number from ${minimum} to ${maximum}`;
    expect(complaint({ ...others, [name]: minimum - 1 })).toContain(told);
    expect(complaint({ ...others, [name]: maximum + 1 })).toContain(told);
  });

  it("are in the reference with their bounds and defaults", () => {
    const { attempts, attemptTimeoutMs, operationTimeoutMs, concurrency, maxRetryAfterMs } = defaultPolicy;
    const milliseconds = [attemptTimeoutMs, operationTimeoutMs, maxRetryAfterMs, resolve({}).listLagMs];
    const [attempt, operation, retryAfter, lag] = milliseconds.map((ms) => ms / 1_000);
    const defaults = [attempts, attempt, operation, concurrency, retryAfter, lag];
    const rows = readFileSync(path.join(__dirname, "../../docs/reference.md"), "utf8").split("\n");
    for (const [index, [name, minimum, maximum]] of bounds.entries()) {
      const row = rows.find((line) => line.includes(`| \`apikeys:connections.<connection>.${name}\` |`));
      expect(row).toContain(` | ${minimum}–${maximum} | ${defaults[index]} |`);
      expect(row).toContain(`| \`${variableName("x", name).replace("_X_", "_<CONNECTION>_")}\` |`);
    }
  });

  it.each([1.5, "1.5", "", " 3", "3s", "0x3", "1e1", "-1", "canary", null, true, [3], {}, "1".repeat(400)])(
    "are whole numbers, and %j is refused without being shown",
    (value) => {
      expect(complaint({ attempts: value })).toBe(
        'Connection "prod" has limits that it cannot keep: attempts must be a whole number from 1 to 20 ' +
          "(environment variable APIKEYS_PROD_ATTEMPTS, config key apikeys:connections.prod.attempts).",
      );
    },
  );

  it("that are invalid are reported in one sentence, wherever each was set", () => {
    const told = complaint({ concurrency: 0 }, { APIKEYS_PROD_ATTEMPT_TIMEOUT_SECONDS: "soon" });
    expect(told).toBe(
      'Connection "prod" has limits that it cannot keep: attemptTimeoutSeconds must be a whole number from 1 to 3600 ' +
        "(environment variable APIKEYS_PROD_ATTEMPT_TIMEOUT_SECONDS, config key apikeys:connections.prod.attemptTimeoutSeconds); " +
        "concurrency must be a whole number from 1 to 100 " +
        "(environment variable APIKEYS_PROD_CONCURRENCY, config key apikeys:connections.prod.concurrency).",
    );
  });

  it.each([
    [
      { attemptTimeoutSeconds: 300 },
      "attemptTimeoutSeconds is 300, longer than operationTimeoutSeconds, 120",
    ],
    [{ operationTimeoutSeconds: 20 }, "attemptTimeoutSeconds is 30, longer than operationTimeoutSeconds, 20"],
    [{ maxRetryAfterSeconds: 300 }, "maxRetryAfterSeconds is 300, longer than operationTimeoutSeconds, 120"],
  ])("must not contradict each other or the defaults: %j", (limits, told) => {
    expect(complaint(limits)).toContain(told);
    expect(complaint(limits)).toContain("APIKEYS_PROD_OPERATION_TIMEOUT_SECONDS");
  });

  it("let an operation be shorter than the longest pause by default: it then waits for less", () => {
    const limits = { attemptTimeoutSeconds: 10, operationTimeoutSeconds: 10 };
    expect(complaint(limits)).toBe("no complaint");
  });
});
