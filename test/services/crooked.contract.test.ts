import { closeAll } from "../support/http/loopback";
import { HttpWorld } from "../support/lifecycle/httpWorld";
import { failure, ModelEngine } from "../support/lifecycle/modelEngine";
import { CrookedVendor, crookedCredentials, crookedDefinition } from "../support/vendor/crookedVendor";
import { parse } from "../support/vendor/definitions";

afterEach(closeAll);

const start = Date.parse("2026-06-01T12:00:00Z");
const args = { scopes: ["write"], expiresIn: "30d" };

async function begin(credentials: Record<string, string> = crookedCredentials, written: object = {}) {
  const clock = { now: start };
  const server = await CrookedVendor.start(() => clock.now);
  const definition = parse({ ...crookedDefinition, ...written } as typeof crookedDefinition);
  const engine = new ModelEngine(new HttpWorld({ definition, credentials }, server.url, () => clock.now));
  const sent = (method: string) => server.requests.filter((request) => request.startsWith(method));
  return { clock, server, engine, sent };
}

describe("a key of a vendor that misbehaves in every way that is known", () => {
  it("lives its life: made, unchanged, quiet, changed in place, rotated and revoked", async () => {
    const { server, engine } = await begin();
    await engine.up(args);
    expect(engine.outputs).toMatchObject({
      keyId: "1",
      scopes: ["write"],
      expiresAt: "2026-07-01T12:00:00Z",
      status: "active",
    });
    server.requests.length = 0;
    expect(await engine.up(args)).toBe("same");
    expect(server.requests).toEqual([]);
    expect(await engine.refresh()).toBe("same");
    expect(await engine.up({ ...args, scopes: ["read"] })).toBe("update");
    expect(server.keys[0]?.grants).toEqual(["read", "objects:read"]);
    expect(await engine.up({ ...args, scopes: ["read"], rotation: { triggers: { v: 1 } } })).toBe("replace");
    expect(server.live).toEqual([engine.outputs.value]);
    await engine.destroy();
    expect(server.keys).toEqual([]);
  });

  it("is not lost to a get-one that never finds it, nor to a list with a total that lies", async () => {
    const { engine } = await begin();
    await engine.up(args);
    expect(engine.outputs.keyId).toBe("1");
    expect(await engine.refresh()).toBe("same");
  });

  it("keeps its value, whatever reads tell of it", async () => {
    const { server, engine } = await begin();
    await engine.up(args);
    const { value } = engine.outputs;
    await engine.refresh();
    expect(engine.outputs.value).toBe(value);
    const [key] = server.keys;
    if (key) key.state = "revoked";
    await engine.refresh();
    expect(engine.outputs).toMatchObject({ value, status: "revoked" });
  });

  it("is replaced when it was revoked and stays listed, and the rest of it is deleted", async () => {
    const { server, engine } = await begin();
    await engine.up(args);
    const [key] = server.keys;
    if (key) key.state = "revoked";
    await engine.refresh();
    await engine.up(args);
    expect(server.live).toEqual([engine.outputs.value]);
    expect(server.keys).toHaveLength(1);
  });

  it("is gone where another one has its number, which is left alone", async () => {
    const { clock, server, engine } = await begin();
    await engine.up(args);
    server.remove(1);
    clock.now += 3_600_000;
    const theirs = server.make("billing");
    expect(String(theirs.no)).toBe(engine.outputs.keyId);
    await engine.destroy();
    expect(server.live).toEqual([theirs.secret]);
  });

  it("is made anew where its answer was lost, and the lost one is found by its name and removed", async () => {
    const { server, engine } = await begin();
    server.losesNextAnswer = true;
    await engine.up(args);
    expect(server.keys).toHaveLength(1);
    expect(server.live).toEqual([engine.outputs.value]);
  });

  it("gets a number behind its name where two of a name cannot be", async () => {
    const { server, engine } = await begin();
    const overlapping = (v: number) => ({
      ...args,
      name: "ci",
      rotation: { overlap: "1d", triggers: { v } },
    });
    await engine.up(overlapping(1));
    expect(await engine.up(overlapping(2))).toBe("update");
    expect(server.keys.map(({ label }) => label)).toEqual(["ci", "ci-2"]);
    expect(await engine.up(overlapping(2))).toBe("same");
  });

  it("takes only the lifetimes that there are", async () => {
    const { engine, sent } = await begin();
    await expect(engine.up({ ...args, expiresIn: "7d" })).rejects.toThrow("expiresIn must be one of 1d, 30d");
    expect(sent("POST")).toEqual([]);
  });

  it("tells what the vendor has dropped without a word", async () => {
    const { engine } = await begin();
    await engine.up({ ...args, note: "for the CI" });
    expect(engine.warnings).toEqual([expect.stringContaining("was created, but Crooked ignored note.")]);
    expect(await engine.up({ ...args, note: "for the CI" })).toBe("same");
  });

  it("is not told to be changed where the change went to a key that is not there", async () => {
    const { server, engine } = await begin();
    await engine.up(args);
    server.remove(1);
    expect((await failure(engine.up({ ...args, scopes: ["read"] }))).message).toContain(
      "is not on the list, which proves nothing",
    );
  });

  it("shares one login of sixty seconds among all calls, and gets another when it has ended", async () => {
    const { server, engine, sent } = await begin();
    await engine.up(args);
    expect(sent("POST /session")).toHaveLength(1);
    // The vendor forgets the session: the next call is turned away once.
    server.sessions++;
    await engine.refresh();
    expect(server.live).toEqual([engine.outputs.value]);
  });

  it("is not tried again and again with credentials that the vendor refuses by 400", async () => {
    const { engine, sent } = await begin({ ...crookedCredentials, password: "wrong-Secr3t" });
    const error = await failure(engine.up(args));
    expect(error.message).toContain("the user name or password was refused (HTTP 400)");
    expect(error.message).not.toContain("wrong-Secr3t");
    expect(sent("POST /session")).toHaveLength(1);
  });
});
