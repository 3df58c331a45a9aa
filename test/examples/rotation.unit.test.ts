import { resourceType } from "../../provider/base/resourceType";
import { runMocked } from "../support/engine/mockedProgram";

type Inputs = Record<string, unknown>;

/** By what they were run with: to load all that an example needs takes a second. */
const runs = new Map<string, Promise<Map<string, Inputs>>>();

/**
 * The whole example against Pulumi's mocks, for the plugin of @pulumi/random is not to be had everywhere.
 *
 * @returns the inputs of each resource, by `type name`
 */
function run(config: Record<string, string> = {}): Promise<Map<string, Inputs>> {
  const key = JSON.stringify(config);
  const known = runs.get(key) ?? runAnew(config);
  runs.set(key, known);
  return known;
}

async function runAnew(config: Record<string, string>): Promise<Map<string, Inputs>> {
  const named = Object.entries(config).map(([key, value]) => [`apikeys-rotation:${key}`, value]);
  const { resources } = await runMocked("rotation", { config: Object.fromEntries(named), computed: made });
  return new Map([...resources].map(([key, { inputs }]) => [key, inputs]));
}

/** How the key "deploy" is renewed. */
async function deployRotation(config?: Record<string, string>): Promise<unknown> {
  return (await run(config)).get(`${resourceType} deploy`)?.rotation;
}

function made(name: string, { keepers }: { keepers?: Inputs }): Inputs {
  return keepers === undefined
    ? { value: `value of ${name}`, fingerprint: `fingerprint of ${name}` }
    : { hex: `hex for ${keepers.incident}` };
}

describe("examples/rotation", () => {
  it("has a key that is renewed by date, with time for whoever holds the previous one", async () => {
    const { rotation, expiresIn } = (await run()).get(`${resourceType} reports`) ?? {};
    expect(rotation).toEqual({ every: "30d", beforeExpiry: "14d", overlap: "7d" });
    expect(expiresIn).toBe("90d");
  });

  it("has a key that is renewed with the RandomId, whose keeper is the incident", async () => {
    expect(await deployRotation()).toMatchObject({ triggers: { series: "hex for none" } });
    expect(await deployRotation({ incident: "INC-4711" })).toMatchObject({
      triggers: { series: "hex for INC-4711" },
    });
  });

  it("lets the old key live for a day, unless the incident is a leak", async () => {
    expect(await deployRotation()).toMatchObject({ overlap: "1d", revokeNow: false });
    expect(await deployRotation({ revokeNow: "true" })).toMatchObject({ overlap: "1d", revokeNow: true });
  });

  it("hands each service its key, and the fingerprint by which it is rolled out anew", async () => {
    const registered = await run();
    for (const name of ["reports", "deploy"]) {
      expect(registered.get(`pulumi-nodejs:dynamic:Resource ${name}`)).toMatchObject({
        apiKey: `value of ${name}`,
        revision: `fingerprint of ${name}`,
      });
    }
  });
});
