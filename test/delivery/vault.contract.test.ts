import { fingerprint } from "../../provider/base/fingerprint";
import { ConfiguredStores } from "../../provider/delivery/configuredStores";
import type { Written } from "../../provider/delivery/store";
import { failure } from "../support/lifecycle/modelEngine";
import { type OpenBao, startOpenBao } from "../support/stores/openBao";

describe("the store vault, on a real OpenBao,", () => {
  let bao: OpenBao;
  beforeAll(async () => {
    bao = await startOpenBao();
  });
  afterAll(() => bao.stop());

  const place = (path: string) => ({ store: "vault", path: `kv/${path}`, field: "token" });
  const open = (path: string, token = bao.token) =>
    new ConfiguredStores(undefined, { VAULT_ADDR: bao.url, VAULT_TOKEN: token, HOME: "/nowhere" }).open(
      place(path),
    );
  const written = (fields: Record<string, string>, receipt: Written["receipt"]): Written => ({
    fields: Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, fingerprint(text)])),
    receipt,
  });

  it("writes a field, leaves all others alone, and can be read back", async () => {
    await bao.send("POST", "kv/data/ci/app", { data: { theirs: "1", list: ["a", { b: 2 }] } });
    const store = await open("ci/app");
    await store.probe();
    const receipt = await store.write({ token: "canary-1" }, undefined);
    expect(await bao.read("ci/app")).toEqual({ theirs: "1", list: ["a", { b: 2 }], token: "canary-1" });
    expect(await store.read?.()).toMatchObject({ token: "canary-1" });
    expect(await store.look(written({ token: "canary-1" }, receipt))).toBe("unchanged");
  });

  it("makes one version of each write, and none of the same again", async () => {
    const store = await open("versions");
    expect(await store.write({ token: "canary-1" }, undefined)).toEqual({ version: 1 });
    expect(await store.write({ token: "canary-1" }, undefined)).toEqual({ version: 1 });
    expect(await store.write({ token: "canary-2" }, written({ token: "canary-1" }, { version: 1 }))).toEqual({
      version: 2,
    });
    expect((await bao.send("GET", "kv/data/versions?version=1")).body.data.data).toEqual({
      token: "canary-1",
    });
  });

  it("tells what somebody changed or deleted from a write beside it", async () => {
    const store = await open("watched");
    const ours = written({ token: "canary-1" }, await store.write({ token: "canary-1" }, undefined));
    await bao.send("POST", "kv/data/watched", { data: { token: "canary-1", theirs: "1" } });
    expect(await store.look(ours)).toBe("unchanged");
    await bao.send("POST", "kv/data/watched", { data: { token: "theirs", theirs: "1" } });
    expect(await store.look(ours)).toBe("changed");
    expect(await store.remove(ours)).toBe("changed");
    expect(await bao.read("watched")).toEqual({ token: "theirs", theirs: "1" });
    await bao.send("DELETE", "kv/data/watched");
    expect(await store.look(ours)).toBe("missing");
    await store.write({ token: "canary-1" }, ours);
    expect(await bao.read("watched")).toEqual({ token: "canary-1" });
  });

  it("removes its field, and the secret with the last one", async () => {
    const store = await open("removed");
    const first = await store.write({ token: "canary-1", id: "7" }, undefined);
    const second = await store.write({ token: "canary-1" }, written({ token: "canary-1", id: "7" }, first));
    expect(await bao.read("removed")).toEqual({ token: "canary-1" });
    expect(await store.remove(written({ token: "canary-1" }, second))).toBe("unchanged");
    expect(await bao.read("removed")).toBeUndefined();
    expect(await store.remove(written({ token: "canary-1" }, second))).toBe("missing");
  });

  it("loses no field where several write to one secret at once", async () => {
    const names = ["a", "b", "c", "d"];
    await Promise.all(
      names.map(async (name) => (await open("shared")).write({ [name]: `canary-${name}` }, undefined)),
    );
    expect(await bao.read("shared")).toEqual(
      Object.fromEntries(names.map((name) => [name, `canary-${name}`])),
    );
  });

  it("finds a mount of several segments", async () => {
    await bao.send("POST", "sys/mounts/teams/ci", { type: "kv", options: { version: "2" } });
    while ((await bao.send("GET", "teams/ci/config")).status !== 200);
    const stores = new ConfiguredStores(undefined, { BAO_ADDR: bao.url, BAO_TOKEN: bao.token });
    const store = await stores.open({ store: "vault", path: "teams/ci/app", field: "token" });
    await store.write({ token: "canary-1" }, undefined);
    expect((await bao.send("GET", "teams/ci/data/app")).body.data.data).toEqual({ token: "canary-1" });
  });

  it.each([
    ["no right to write", `path "kv/data/locked" { capabilities = ["read"] }`, /no create and update/],
    ["no right to read", `path "kv/data/locked" { capabilities = ["create", "update"] }`, /no read/],
    ["no right at all", `path "kv/data/other" { capabilities = ["read"] }`, /no read/],
  ])("refuses the probe of a token with %s, which costs no key", async (_, policy, reason) => {
    const store = await open("locked", await bao.tokenFor(policy));
    const error = await failure(store.probe());
    expect([error.code, error.message]).toEqual(["DELIVERY_FAILED", expect.stringMatching(reason)]);
    expect(await bao.read("locked")).toBeUndefined();
  });

  it("refuses the probe of a wrong token, of an engine of another kind, and without an address", async () => {
    expect((await failure((await open("locked", "wrong")).probe())).message).toMatch(/HTTP 403/);
    await bao.send("POST", "sys/mounts/old", { type: "kv", options: { version: "1" } });
    const stores = new ConfiguredStores(undefined, { VAULT_ADDR: bao.url, VAULT_TOKEN: bao.token });
    const old = await stores.open({ store: "vault", path: "old/app", field: "token" });
    expect((await failure(old.probe())).message).toMatch(/old\/ is no KV version 2 engine/);
    const none = new ConfiguredStores(undefined, { HOME: "/nowhere" });
    expect((await failure(none.open(place("x")))).message).toMatch(
      /set VAULT_ADDR in the environment, or apikeys:stores\.vault\.address/,
    );
  });

  it("takes address, token and namespace from stack config", async () => {
    const config = JSON.stringify({ eu: { address: bao.url, token: bao.token } });
    const store = await new ConfiguredStores(config, { HOME: "/nowhere" }).open({
      ...place("configured"),
      connection: "eu",
    });
    await store.write({ token: "canary-1" }, undefined);
    expect(await bao.read("configured")).toEqual({ token: "canary-1" });
  });
});
