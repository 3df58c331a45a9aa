import { variableName } from "../../../provider/base/settingNames";
import { documentVendor } from "../openapi";
import { type StandIn, startStandIn } from "../vendor/standIns/standIn";
import { TestStack } from "./stack";

/** A definition, and what its whole life needs beside the document that the vendor is made of. */
export interface DefinedService {
  /** The document in test/support/openapi/documents, and the name of the key's resource. */
  readonly document: string;
  /** The service as an expression of a program, such as `defineService({ … })`. */
  readonly service: string;
  /** The connection that the service's keys use: the definition's name. */
  readonly connection: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * Tells the whole lives of a key of each service on the real engine: created, unchanged, refreshed, renewed and destroyed,
 * each as the vendor's document allows it. They are in one stack, whose commands take longer than their keys.
 */
export function definitionLives(services: readonly DefinedService[]): void {
  const standIns = new Map<string, StandIn>();
  const at: { stack?: TestStack } = {};
  const stack = () => present(at.stack);
  const program = (version: number) => {
    const keys = services.map(({ document, service, args }) => {
      const given = JSON.stringify({ ...args, rotation: { triggers: { version } } });
      return `exports[${JSON.stringify(document)}] = new (${service}).ApiKey("${document}", ${given}).value;`;
    });
    return `const { defineService } = require("pulumi-apikeys");\n${keys.join("\n")}`;
  };
  const outputs = async () => (await stack().outputs({ showSecrets: true })) as Record<string, string>;
  const ofEach = <T>(tell: (standIn: StandIn) => T) =>
    Object.fromEntries([...standIns].map(([name, standIn]) => [name, tell(standIn)]));
  const live = () => ofEach(({ api }) => api.live().map(({ value }) => value));
  const alone = (values: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));

  beforeAll(async () => {
    const settings = await Promise.all(
      services.map(async ({ document, connection, credentials }) => {
        const standIn = await startStandIn(await documentVendor(document, Date.now), Date.now);
        standIns.set(document, standIn);
        const own = { baseUrl: standIn.url, listLagSeconds: "0", ...credentials };
        return Object.entries(own).map(([name, text]) => [variableName(connection, name), text]);
      }),
    );
    at.stack = await TestStack.create({ program: program(1), env: Object.fromEntries(settings.flat()) });
  });
  afterAll(async () => {
    await at.stack?.remove();
    await Promise.all([...standIns.values()].map((standIn) => standIn.close()));
  });
  afterEach(() => expect(ofEach(({ api }) => api.complaints)).toEqual(ofEach(() => [])));

  it("give the program keys, which work, and show no value", async () => {
    const { output } = await stack().up("--skip-preview");
    expect(Object.keys(live())).toHaveLength(services.length);
    expect(live()).toEqual(alone(await outputs()));
    for (const value of Object.values(await outputs())) expect(output).not.toContain(value);
  });

  it("send nothing and change nothing when the program runs again unchanged", async () => {
    for (const standIn of standIns.values()) standIn.forget();
    await stack().up("--skip-preview", "--expect-no-changes");
    expect(ofEach((standIn) => standIn.requests())).toEqual(ofEach(() => []));
  });

  it("find nothing new in a second refresh", async () => {
    await stack().refresh("--skip-preview");
    await stack().refresh("--skip-preview", "--expect-no-changes");
    expect(live()).toEqual(alone(await outputs()));
  });

  it("renew the keys, and leave no others", async () => {
    const before = await outputs();
    stack().setProgram(program(2));
    await stack().up("--skip-preview");
    const after = await outputs();
    for (const [name, value] of Object.entries(after))
      expect([name, value]).not.toEqual([name, before[name]]);
    expect(live()).toEqual(alone(after));
  });

  it("revoke the keys in the end", async () => {
    await stack().destroy("--skip-preview");
    expect(live()).toEqual(ofEach(() => []));
  });
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("This is there before the tests, and not earlier.");
  return value;
}
