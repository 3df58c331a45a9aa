import { ConfiguredStores } from "../../provider/delivery/configuredStores";
import { Authority, canIssue } from "../support/http/certificates";
import { canary, closeAll, failure, onClose } from "../support/http/loopback";
import { AzureStandIn } from "../support/stores/azureStandIn";
import { Place } from "../support/stores/place";
import { SeparateStores } from "../support/stores/separateStores";

const target = {
  store: "azure-key-vault",
  vaultUrl: "https://ci.vault.azure.net",
  secret: "xentree",
  field: "token",
};
const one = { token: `${canary}-one` };
const two = { token: `${canary}-two` };

/** Node reads the authorities that it trusts when it starts. */
function separate(environment: Readonly<Record<string, string>>) {
  const stores = new SeparateStores(environment);
  onClose(() => stores.end());
  return stores;
}

(canIssue ? describe : describe.skip)("Azure Key Vault", () => {
  let authority: Authority;
  let azure: AzureStandIn;
  let stores: SeparateStores;

  beforeAll(async () => {
    authority = new Authority("vaults");
    azure = await new AzureStandIn().start(authority);
    stores = separate(azure.environment);
  });
  beforeEach(() => azure.reset());
  afterAll(async () => {
    await closeAll();
    authority.remove();
  });

  const place = (more: object = {}) => new Place(stores, { ...target, ...more });

  const parsed = (azure: AzureStandIn) => azure.versions("xentree").map((text) => JSON.parse(text));

  it("makes a secret that is not there, in one write, with a managed identity", async () => {
    const token = place();
    await token.probe();
    expect(azure.writes).toEqual([]);
    await token.write(one);
    expect(azure.writes).toEqual(["PUT /secrets/xentree"]);
    expect(parsed(azure)).toEqual([one]);
    expect(await (await token.open()).read?.()).toEqual(one);
    expect(await token.look()).toBe("unchanged");
    expect(stores.output).toBe("");
  });

  it("sets the next version, with the previous value where asked, and tags as they were", async () => {
    const token = place({ previous: "old" });
    const tags = { team: "ci" };
    azure.set("xentree", { value: '{"theirs":"1","port":1}', tags, contentType: "application/json" });
    await token.write(one);
    await token.write({ ...two, old: one.token });
    expect(parsed(azure)).toEqual([
      { theirs: "1", port: 1 },
      { theirs: "1", port: 1, ...one },
      { theirs: "1", port: 1, ...two, old: one.token },
    ]);
    expect(azure.secrets.get("xentree")?.at(-1)).toMatchObject({ tags, contentType: "application/json" });
    expect(await token.remove()).toBe("unchanged");
    expect(parsed(azure).at(-1)).toEqual({ theirs: "1", port: 1 });
  });

  it("sends nothing where it already stands there, also after a kill that lost the receipt", async () => {
    const token = place();
    await token.write(one, false);
    azure.requests.length = 0;
    const again = new Place(stores, target);
    await again.write(one);
    expect(azure.writes).toEqual([]);
    expect([await again.look(), await again.remove()]).toEqual(["unchanged", "unchanged"]);
    expect([azure.versions("xentree"), azure.deleted.has("xentree")]).toEqual([[], true]);
  });

  it("recovers what it made and deleted, with the next write", async () => {
    const token = place();
    await token.write(one);
    await token.remove();
    expect(await token.look()).toBe("missing");
    const next = new Place(stores, target);
    await next.probe();
    await next.write(two);
    expect(parsed(azure)).toEqual([one, two]);
  });

  it("writes the value alone, and empties a secret that is not ours", async () => {
    const token = place({ field: undefined });
    azure.set("xentree", { value: "theirs" });
    await token.write({ "": one.token });
    expect(await token.remove()).toBe("unchanged");
    expect(azure.versions("xentree")).toEqual(["theirs", one.token, "{}"]);
    expect(await token.look()).toBe("changed");
  });

  it("tells what somebody has changed or deleted, and leaves it", async () => {
    const token = place();
    await token.write(one);
    azure.set("xentree", { value: '{"token":"theirs"}' });
    expect([await token.look(), await token.remove()]).toEqual(["changed", "changed"]);
    expect(parsed(azure).at(-1)).toEqual({ token: "theirs" });
    azure.secrets.clear();
    expect([await token.look(), await token.remove()]).toEqual(["missing", "missing"]);
  });

  it("has the fields of all who write at once", async () => {
    const names = ["a", "b", "c"];
    await Promise.all(
      names.map((field) => new Place(stores, { ...target, field }).write({ [field]: `${canary}-x` })),
    );
    expect(Object.keys(parsed(azure).at(-1)).sort()).toEqual(names);
  });

  it("survives lost answers and a vault in trouble", async () => {
    const token = place();
    const faults = ["lost", { status: 503, body: "<html>" }] as const;
    let count = 0;
    azure.fault = (line) => (line.startsWith("PUT") ? faults[count++] : undefined);
    await token.write(one);
    expect(count).toBe(3);
    expect(parsed(azure).at(-1)).toEqual(one);
    expect(await token.look()).toBe("unchanged");
  });

  it("tells no more of a failure than its code", async () => {
    const token = place();
    await token.write(one);
    azure.fault = (line, body) =>
      line.startsWith("PUT")
        ? { status: 403, body: { error: { code: "Forbidden", message: body } } }
        : undefined;
    expect((await failure(token.write(two))).message).toBe(
      'Azure Key Vault did not write secret ci.vault.azure.net/xentree: HTTP 403 Forbidden. Allow the permission "set" for secrets, or give the role Key Vault Secrets Officer.',
    );
    expect(stores.output).toBe("");
  });

  it.each([
    ["AZURE_LOG_LEVEL", "verbose"],
    ["DEBUG", "azure*"],
  ])("does nothing where the library would print credentials: %s", async (name, text) => {
    const own = separate({ ...azure.environment, [name]: text });
    const token = new Place(own, target);
    expect((await failure(token.probe())).message).toBe(
      `${name} is set, with which Azure's library would print credentials. Unset it.`,
    );
    expect([azure.requests, own.output]).toEqual([[], ""]);
  });

  it("says nothing at the levels that are left", async () => {
    const own = separate({ ...azure.environment, AZURE_LOG_LEVEL: "warning" });
    await new Place(own, target).write(one);
    expect(own.output).not.toContain(canary);
  });

  it("finds out before about a wrong token, a deletion of others' and a text without fields", async () => {
    const token = place();
    azure.set("xentree", { value: `${canary}-text` });
    expect((await failure(token.probe())).message).toContain("is no JSON object");
    azure.deleted.set("xentree", azure.secrets.get("xentree") ?? []);
    azure.secrets.clear();
    expect((await failure(token.probe())).message).toContain("was deleted, and Azure keeps its name");
    azure.token = "another";
    expect((await failure(token.probe())).message).toMatch(/HTTP 401.*\. Check the Azure credentials/);
    expect(azure.writes).toEqual([]);
  });

  it("is a sentence without credentials, and with half of them", async () => {
    const { IDENTITY_HEADER: _, ...environment } = azure.environment;
    const none = separate({ ...environment, IDENTITY_HEADER: "wrong", AZURE_TOKEN_CREDENTIALS: "prod" });
    expect((await failure(new Place(none, target).probe())).message).toMatch(/Check the Azure credentials/);
    const half = new ConfiguredStores('{"azure-key-vault":{"clientId":"a"}}', {});
    expect((await failure(half.open(target))).message).toContain("give all three");
  });

  it("takes the address of a vault only", async () => {
    const stores = new ConfiguredStores(undefined, {});
    const wrong = { ...target, vaultUrl: "http://ci.vault.azure.net" };
    expect(await stores.problems([wrong], { valueInState: true })).toEqual([
      "deliver[0].vaultUrl must be the address of a vault, such as https://ci.vault.azure.net",
    ]);
  });
});
