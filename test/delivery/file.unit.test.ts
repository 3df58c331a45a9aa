import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseEnv } from "node:util";
import { fingerprint } from "../../provider/base/fingerprint";
import { ConfiguredStores } from "../../provider/delivery/configuredStores";
import { failure } from "../support/lifecycle/modelEngine";

describe("the store file", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-file-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const at = (name: string) => path.join(folder, name);
  const stores = new ConfiguredStores(undefined, {});
  const open = (name: string, more: object = {}) =>
    stores.open({ store: "file", path: at(name), field: "KEY", ...more });
  const text = (name: string) => readFileSync(at(name), "utf8");
  const written = (fields: Record<string, string>, receipt: Readonly<Record<string, string | number>>) => ({
    fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, fingerprint(value)])),
    receipt,
  });

  it("is made with mode 0600, in folders that are made with it, and nothing is left beside it", async () => {
    const store = await open("secrets/ci/.env");
    await store.write({ KEY: "canary-1" }, undefined);
    expect([text("secrets/ci/.env"), statSync(at("secrets/ci/.env")).mode & 0o777]).toEqual([
      "KEY=canary-1\n",
      0o600,
    ]);
    expect(readdirSync(at("secrets/ci"))).toEqual([".env"]);
  });

  it("keeps comments, order and other variables of a dotenv file", async () => {
    writeFileSync(at(".env"), "# of the team\nA=1\nexport KEY='old one' # theirs\n\nB=\"2 3\"\n");
    await (await open(".env")).write({ KEY: "canary-1" }, undefined);
    expect(text(".env")).toBe('# of the team\nA=1\nKEY=canary-1\n\nB="2 3"\n');
  });

  it.each(["with spaces", "a'b", 'a"b', "a#b", "a=b", "$HOME", "back\\slash", "`tick`"])(
    "writes %s so that Node reads the same",
    async (value) => {
      await (await open(".env")).write({ KEY: value }, undefined);
      expect(parseEnv(text(".env")).KEY).toBe(value);
      expect(await (await open(".env")).read?.()).toEqual({ KEY: value });
    },
  );

  it("refuses what no dotenv file can hold", async () => {
    const error = await failure((await open(".env")).write({ KEY: "canary\nsecond line" }, undefined));
    expect([error.code, error.message.includes("canary")]).toEqual(["DELIVERY_FAILED", false]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("keeps what else a JSON file has, and is removed with its last text", async () => {
    writeFileSync(at("a.json"), '{"port":1,"theirs":"x"}');
    const store = await open("a.json");
    const receipt = await store.write({ KEY: "canary-1" }, undefined);
    expect(JSON.parse(text("a.json"))).toEqual({ port: 1, theirs: "x", KEY: "canary-1" });
    await store.remove(written({ KEY: "canary-1" }, receipt));
    expect(JSON.parse(text("a.json"))).toEqual({ port: 1, theirs: "x" });
    const own = await open("own.json");
    await own.remove(written({ KEY: "canary-1" }, await own.write({ KEY: "canary-1" }, undefined)));
    expect(readdirSync(folder)).toEqual(["a.json"]);
  });

  it("leaves a broken JSON file as it is", async () => {
    writeFileSync(at("a.json"), "{ not json");
    const error = await failure((await open("a.json")).write({ KEY: "canary-1" }, undefined));
    expect([error.message, text("a.json")]).toEqual([
      expect.stringMatching(/is not in its format/),
      "{ not json",
    ]);
  });

  it("tells what somebody changed or took away, and leaves it", async () => {
    const store = await open(".env");
    const ours = written({ KEY: "canary-1" }, await store.write({ KEY: "canary-1" }, undefined));
    writeFileSync(at(".env"), "KEY=canary-1\nOTHER=1\n");
    expect(await store.look(ours)).toBe("unchanged");
    writeFileSync(at(".env"), "KEY=theirs\n");
    expect([await store.look(ours), await store.remove(ours), text(".env")]).toEqual([
      "changed",
      "changed",
      "KEY=theirs\n",
    ]);
    rmSync(at(".env"));
    expect(await store.look(ours)).toBe("missing");
  });

  it("holds the fields of all who write to it at once", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `KEY_${index}`);
    await Promise.all(
      names.map(async (name) =>
        (await open(".env", { field: name })).write({ [name]: `canary-${name}` }, undefined),
      ),
    );
    expect(parseEnv(text(".env"))).toEqual(Object.fromEntries(names.map((name) => [name, `canary-${name}`])));
  });

  const whereModesCount = process.getuid?.() === 0 ? it.skip : it;
  whereModesCount("is refused by the probe where its folder cannot be written", async () => {
    mkdirSync(at("locked"), { mode: 0o500 });
    expect((await failure((await open("locked/.env")).probe())).message).toMatch(/cannot be written/);
    chmodSync(at("locked"), 0o700);
  });

  it("is refused by the probe where a file stands in the place of its folder", async () => {
    writeFileSync(at("taken"), "");
    expect((await failure((await open("taken/.env")).probe())).message).toMatch(/taken is no folder/);
  });
});
