import { inspect } from "node:util";
import { ApiKeysError } from "../../provider/base/errors";
import type { Vendor } from "../../provider/vendor";
import type { FaultAction, VendorName } from "../../sandbox";
import { vacantPort } from "../support/http/loopback";
import { HttpWorld } from "../support/lifecycle/httpWorld";
import * as lifecycle from "../support/lifecycle/lifecycle";
import { ModelEngine } from "../support/lifecycle/modelEngine";
import { secretsIn } from "../support/secrets";
import { type ContractCase, contractCases } from "../support/vendor/contractCases";
import { NOW, useSandbox } from "../support/vendor/sandbox";

const mockKnown = new Set<string>();

/** The redactor hides nothing here: each place has to be clean by itself. It still records the secrets. */
jest.mock("../../provider/redaction/redactor", () => ({
  protect: (secret: string) => mockKnown.add(secret),
  protectName: (name: string) => mockKnown.add(name),
  redact: (text: string) => text,
}));

const { sandbox } = useSandbox();
beforeEach(() => mockKnown.clear());

const anyOf = (action: FaultAction) => ({
  times: Number.POSITIVE_INFINITY,
  path: /api-key|auth\/me/,
  action,
});
const page = "<!doctype html><title>Log in</title>";
const faults: [string, FaultAction][] = [
  ...[400, 401, 403, 404, 409, 422, 429, 500, 503].map((status): [string, FaultAction] => [
    `HTTP ${status}`,
    { kind: "respond", status },
  ]),
  ["a long Retry-After", { kind: "respond", status: 429, headers: { "retry-after": "86400" } }],
  ["a broken connection", { kind: "reset" }],
  ["a lost answer", { kind: "resetAfterCommit" }],
  ["half an answer", { kind: "truncateAfterCommit" }],
  ["a web page", { kind: "respond", status: 200, body: page }],
  ["a web page after the act", { kind: "respondAfterCommit", status: 200, body: page }],
  ["nothing", { kind: "respond", status: 200 }],
  ["an odd object", { kind: "respond", status: 200, body: { data: { name: "ci" } } }],
  ["a redirect", { kind: "respond", status: 307, headers: { location: "https://evil.example/" } }],
];

/** Everything that a key's life can be asked for, each by itself. */
function attempts(row: ContractCase, engine: ModelEngine, vendor: Vendor): (() => Promise<unknown>)[] {
  const { pathParameters, inputs, definition } = row;
  const { outputs } = engine;
  const program = { service: definition.name, connection: definition.name, ...pathParameters, ...inputs };
  const other = { ...outputs, connection: "elsewhere" };
  return [
    () => lifecycle.create(engine.world, program),
    () => lifecycle.create(engine.world, { ...program, autonamed: true }),
    () => lifecycle.create(engine.world, { ...program, adopt: "none", adoptValue: "canary-adopted-value" }),
    () => lifecycle.read(engine.world, "1", outputs),
    () => lifecycle.read(engine.world, "1", {}),
    () => lifecycle.read(engine.world, "1", { ...outputs, origin: "https://elsewhere.example" }),
    () => lifecycle.read(engine.world, "1", { ...outputs, service: "none" }),
    () => lifecycle.update(engine.world, "key-1", other, outputs),
    () => lifecycle.update(engine.world, "key-1", outputs, other),
    () => lifecycle.remove(engine.world, outputs),
    () => lifecycle.interruptedCreate(engine.world, program, []),
    () => vendor.create(pathParameters, inputs),
    () => vendor.revoke(pathParameters, "..", "ci"),
  ];
}

const seen = new Set<string>();

describe.each(contractCases)("no error about a key of $title holds a secret:", (row) => {
  const begin = async (baseUrl = sandbox().url) => {
    const world = new HttpWorld(row, baseUrl, () => NOW);
    const { definition } = row;
    const vendor = world.vendor(definition, world.connections.resolve(definition.name, definition));
    const engine = new ModelEngine(new HttpWorld(row, sandbox().url, () => NOW));
    await engine.up(row.pathParameters);
    return { engine: Object.assign(engine, { world }), vendor };
  };

  /** Every credential, token and value there is. */
  const secrets = () => [
    ...mockKnown,
    ...[row.credentials, row.wrong, row.forbidden].flatMap(({ kind: _, ...parts }) => Object.values(parts)),
    ...sandbox()
      .keys(row.definition.name as VendorName)
      .map(({ value }) => value),
    "canary-adopted-value",
  ];

  const expectClean = async (attempt: () => Promise<unknown>) => {
    const error = await attempt().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined) return;
    if (!(error instanceof ApiKeysError)) throw error;
    seen.add(error.name).add(error.code);
    const everything = inspect(error, {
      depth: Infinity,
      showHidden: true,
      getters: true,
      maxStringLength: null,
    });
    const own = Object.getOwnPropertyNames(error).map((name) => [name, Reflect.get(error, name)]);
    expect(secretsIn(`${everything}\n${inspect(own, { depth: Infinity })}`, secrets())).toEqual([]);
  };

  it.each(faults)("after %s", async (_, action) => {
    const { engine, vendor } = await begin();
    expect(secrets().length).toBeGreaterThan(3);
    for (const attempt of attempts(row, engine, vendor)) {
      sandbox().clearFaults();
      sandbox().inject(anyOf(action));
      await expectClean(attempt);
    }
  });

  it("where nobody listens", async () => {
    const { engine, vendor } = await begin(`http://127.0.0.1:${await vacantPort()}`);
    for (const attempt of attempts(row, engine, vendor)) await expectClean(attempt);
  });

  it("without a fault: what is in the way is already there", async () => {
    const { engine, vendor } = await begin();
    for (const attempt of attempts(row, engine, vendor)) await expectClean(attempt);
  });

  it("with credentials that are wrong, or not enough", async () => {
    const { engine } = await begin();
    for (const credentials of [row.wrong, row.forbidden]) {
      const world = new HttpWorld({ ...row, credentials }, sandbox().url, () => NOW);
      const vendor = () =>
        world.vendor(row.definition, world.connections.resolve(row.definition.name, row.definition));
      Object.assign(engine, { world });
      await expectClean(async () => vendor());
      for (const attempt of attempts(row, engine, vendor())) await expectClean(attempt);
    }
  });

  it("unless the vendor itself tells one, which only the redactor could hide: this search does find them", async () => {
    const { engine, vendor } = await begin();
    const { value } = engine.outputs;
    const text = Buffer.from(`key=${value}`).toString("base64");
    const body = { message: text, code: 400, detail: text };
    sandbox().inject(anyOf({ kind: "respond", status: 400, body }));
    await expect(vendor.create(row.pathParameters, row.inputs)).rejects.toMatchObject({
      message: expect.stringContaining(text),
    });
    expect(secretsIn(text, secrets())).toEqual([value, value]);
  });

  it("nor does the vendor that is asked, however closely it is looked at", async () => {
    const { vendor } = await begin();
    await vendor.create(row.pathParameters, { ...row.inputs, name: "ci-2" }).catch(() => {});
    const everything = inspect(vendor, {
      depth: Infinity,
      showHidden: true,
      getters: true,
      maxStringLength: null,
    });
    expect(secretsIn(everything, secrets())).toEqual([]);
  });
});

it("those were errors of every class and for every reason", () => {
  expect([...seen].sort()).toEqual([
    "ApiKeysError", "CONFIGURATION", "HTTP_PROBLEM", "HttpProblemError", "IDENTITY_MISMATCH", "INVALID_INPUT",
    "KEY_CONFLICT", "NOT_SENT", "ORPHAN_SUSPECTED", "OUTCOME_UNKNOWN", "OutcomeUnknownError", "RESPONSE_INVALID",
    "RequestNotSentError", "ResponseInvalidError", "RetryAfterTooLongError",
  ]); // biome-ignore format: one list
});
