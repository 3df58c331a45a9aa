import { variableName } from "../../../provider/base/settingNames";
import { documentVendor } from "../openapi";
import { type StandIn, startStandIn } from "../vendor/standIns/standIn";
import { TestStack } from "./stack";

/** A definition, and what its whole life needs beside the document that the vendor is made of. */
export interface DefinedService {
  /** The document in test/support/openapi/documents. */
  readonly document: string;
  /** The service as an expression of a program, such as `defineService({ … })`. */
  readonly service: string;
  /** The connection that the service's keys use: the definition's name. */
  readonly connection: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * Tells the whole life of a key on the real engine: created, unchanged, refreshed, renewed and destroyed, each as the
 * vendor's document allows it.
 */
export function definitionLife({ document, service, connection, credentials, args }: DefinedService): void {
  const at: { standIn?: StandIn; stack?: TestStack } = {};
  const standIn = () => present(at.standIn);
  const stack = () => present(at.stack);
  const program = (version: number) => `
    const { defineService } = require("pulumi-apikeys");
    const service = ${service};
    const args = ${JSON.stringify({ ...args, rotation: { triggers: { version } } })};
    const key = new service.ApiKey("ci", args);
    exports.keyId = key.keyId;
    exports.value = key.value;`;
  const value = async () => String((await stack().outputs({ showSecrets: true })).value);
  const values = () =>
    standIn()
      .api.live()
      .map((key) => key.value);

  beforeAll(async () => {
    at.standIn = await startStandIn(await documentVendor(document, Date.now), Date.now);
    const settings = { baseUrl: at.standIn.url, listLagSeconds: "0", ...credentials };
    const env = Object.entries(settings).map(([name, text]) => [variableName(connection, name), text]);
    at.stack = await TestStack.create({ program: program(1), env: Object.fromEntries(env) });
  });
  afterAll(async () => {
    await at.stack?.remove();
    await at.standIn?.close();
  });
  afterEach(() => expect(standIn().api.complaints).toEqual([]));

  it("gives the program a key, which works, and shows no value", async () => {
    const { output } = await stack().up("--skip-preview");
    expect(values()).toEqual([await value()]);
    expect(output).not.toContain(await value());
  });

  it("sends nothing and changes nothing when it runs again unchanged", async () => {
    standIn().forget();
    await stack().up("--skip-preview", "--expect-no-changes");
    expect(standIn().requests()).toEqual([]);
  });

  it("finds nothing new in a second refresh", async () => {
    await stack().refresh("--skip-preview");
    await stack().refresh("--skip-preview", "--expect-no-changes");
    expect(values()).toEqual([await value()]);
  });

  it("renews the key, and leaves no other", async () => {
    const before = await value();
    stack().setProgram(program(2));
    await stack().up("--skip-preview");
    expect(await value()).not.toBe(before);
    expect(values()).toEqual([await value()]);
  });

  it("revokes the key in the end", async () => {
    await stack().destroy("--skip-preview");
    expect(values()).toEqual([]);
  });
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("This is there before the tests, and not earlier.");
  return value;
}
