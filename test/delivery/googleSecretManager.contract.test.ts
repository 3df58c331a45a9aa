import { createVerify, generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { ConfiguredStores } from "../../provider/delivery/configuredStores";
import { Authority, canIssue } from "../support/http/certificates";
import { canary, closeAll, failure, onClose, vacantPort } from "../support/http/loopback";
import { GoogleStandIn } from "../support/stores/googleStandIn";
import { Place } from "../support/stores/place";
import { SeparateStores } from "../support/stores/separateStores";

const name = "projects/ci/secrets/xentree";
const target = { store: "google-secret-manager", project: "ci", secret: "xentree", field: "token" };
const one = { token: `${canary}-one` };
const two = { token: `${canary}-two` };
const three = { token: `${canary}-three` };

/** The library's own import of its HTTP client does not work within Jest. */
function separate(google: GoogleStandIn, environment: Readonly<Record<string, string>> = {}) {
  const config = JSON.stringify({ "google-secret-manager": { endpoint: google.url } });
  const stores = new SeparateStores({ GCE_METADATA_HOST: new URL(google.url).host, ...environment }, config);
  onClose(() => stores.end());
  return stores;
}

let google: GoogleStandIn;
let stores: SeparateStores;

beforeAll(async () => {
  google = await new GoogleStandIn().start();
  stores = separate(google);
});
beforeEach(() => google.reset());
afterAll(closeAll);

const place = (more: object = {}) => new Place(stores, { ...target, ...more });

const parsed = (google: GoogleStandIn) => google.versions(name).map((text) => JSON.parse(text));

describe("Google Secret Manager", () => {
  it("makes a secret that is not there, with one version", async () => {
    const token = place();
    await token.probe();
    expect(google.writes).toEqual([]);
    await token.write(one);
    expect(parsed(google)).toEqual([one]);
    expect(await (await token.open()).read?.()).toEqual(one);
    expect(await token.look()).toBe("unchanged");
    expect(stores.output).toBe("");
  });

  it("adds a version in one write, keeps the one before, and destroys what is older", async () => {
    const token = place();
    google.add(name, '{"theirs":"1"}');
    await token.write(one);
    google.requests.length = 0;
    await token.write(two);
    expect(google.writes).toEqual([`POST ${name}:addVersion`]);
    await token.write(three);
    const texts = google.versions(name);
    expect(texts.map((text) => (text.startsWith("{") ? JSON.parse(text) : text))).toEqual([
      { theirs: "1" },
      "DESTROYED",
      { theirs: "1", ...two },
      { theirs: "1", ...three },
    ]);
    await token.write(three);
    expect(token.written?.receipt).toMatchObject({ previous: expect.stringMatching(/^3 /) });
  });

  it("sends nothing where it already stands there, also after a kill that lost the receipt", async () => {
    const token = place();
    await token.write(one, false);
    google.requests.length = 0;
    const again = new Place(stores, target);
    await again.write(one);
    expect(google.writes).toEqual([]);
    expect([await again.look(), await again.remove()]).toEqual(["unchanged", "unchanged"]);
    expect(google.secrets.has(name)).toBe(false);
  });

  it("writes the value alone, and takes its version out of a secret that is not ours", async () => {
    const token = place({ field: undefined });
    google.make(name);
    await token.write({ "": one.token });
    expect(google.versions(name)).toEqual([one.token]);
    expect(await token.remove()).toBe("unchanged");
    expect(google.versions(name)).toEqual(["DESTROYED"]);
    expect(await token.look()).toBe("missing");
    await token.write({ "": two.token });
    expect(google.versions(name)).toEqual(["DESTROYED", two.token]);
  });

  it("leaves other members as they are, also in a secret that it made", async () => {
    const token = place();
    await token.write(one);
    google.add(name, JSON.stringify({ ...one, theirs: "1", port: 5432 }));
    expect([await token.look(), await token.remove()]).toEqual(["unchanged", "unchanged"]);
    expect(parsed(google).at(-1)).toEqual({ theirs: "1", port: 5432 });
  });

  it("tells what somebody has changed, deleted or made anew, and leaves it", async () => {
    const token = place();
    await token.write(one);
    google.add(name, '{"token":"theirs"}');
    expect([await token.look(), await token.remove()]).toEqual(["changed", "changed"]);
    google.secrets.delete(name);
    expect([await token.look(), await token.remove()]).toEqual(["missing", "missing"]);
    google.add(name, '{"token":"anew"}');
    expect([await token.look(), await token.remove()]).toEqual(["changed", "changed"]);
    expect(parsed(google)).toEqual([{ token: "anew" }]);
  });

  it("has the fields of all who write at once", async () => {
    const places = ["a", "b", "c"].map((field) => new Place(stores, { ...target, field }));
    await Promise.all(places.map((place, index) => place.write({ ["abc"[index] ?? ""]: `${canary}-x` })));
    expect(Object.keys(parsed(google).at(-1)).sort()).toEqual(["a", "b", "c"]);
  });

  it("joins what another process has written in between", async () => {
    const token = place();
    google.add(name, '{"old":"1"}');
    let isFirst = true;
    google.fault = (line) => {
      if (isFirst && line.endsWith(":addVersion")) {
        isFirst = false;
        google.add(name, '{"old":"1","theirs":"2"}');
      }
      return undefined;
    };
    await token.write(one);
    expect(parsed(google).at(-1)).toEqual({ old: "1", theirs: "2", ...one });
    expect(await token.look()).toBe("unchanged");
  });

  it("survives a lost answer and an hour of trouble", async () => {
    const token = place();
    const faults = ["lost", { status: 503, body: "<html>" }, "lost"] as const;
    let count = 0;
    google.fault = (line) => (line.endsWith(":addVersion") && count < 3 ? faults[count++] : undefined);
    google.make(name);
    await token.write(one);
    await token.write(two);
    expect(count).toBe(3);
    expect(parsed(google)).toEqual([one, two]);
    google.fault = (line) => (count++ < 4 && line.startsWith("GET") ? { status: 500, body: {} } : undefined);
    expect(await token.look()).toBe("unchanged");
  });

  it("tells no more of a failure than its code", async () => {
    const token = place();
    await token.write(one);
    google.lacks.add("secretmanager.versions.add");
    expect((await failure(token.write(two))).message).toBe(
      `Google Secret Manager did not write secret ${name}: HTTP 403. Allow secretmanager.versions.add there.`,
    );
    google.fault = (line, body) =>
      line.endsWith(":addVersion")
        ? { status: 400, body: { error: { code: 400, message: body } } }
        : undefined;
    expect((await failure(token.write(two))).message).toContain("HTTP 400. Run `pulumi up` again.");
    expect(stores.output).toBe("");
  });

  it("finds out before what is not permitted, and what has no fields", async () => {
    const token = place();
    google.add(name, `${canary}-text`);
    expect((await failure(token.probe())).message).toContain("is no JSON object");
    google.lacks.add("secretmanager.versions.add");
    expect((await failure(token.probe())).message).toBe(
      `Google Secret Manager secret ${name} cannot be written. Allow secretmanager.versions.add there.`,
    );
    google.token = "another";
    expect((await failure(token.probe())).message).toMatch(/HTTP 401\. Run `gcloud auth/);
    expect(google.writes).toEqual([]);
  });

  it("is a sentence without credentials", async () => {
    const none = separate(google, { GCE_METADATA_HOST: `127.0.0.1:${await vacantPort()}`, HOME: "/nowhere" });
    expect((await failure(new Place(none, target).probe())).message).toMatch(
      /there are no credentials\. Run/,
    );
  });

  it("does nothing where the library would print the key, or would be sent elsewhere in the clear", async () => {
    const open = (config: object, environment = {}) =>
      new ConfiguredStores(JSON.stringify({ "google-secret-manager": config }), environment).open(target);
    const logging = { GOOGLE_SDK_NODE_LOGGING: "*" };
    expect((await failure(open({}, logging))).message).toContain("would print the key");
    expect((await failure(open({ endpoint: "http://google.example" }))).message).toContain("no https:// URL");
    expect((await failure(open({ credentials: `${canary}-no-json` }))).message).toContain(
      "is not the JSON text",
    );
  });

  (canIssue ? it : it.skip).each(["the environment", "stack config"])(
    "is used under its real name, with the key of a service account from %s",
    async (from) => {
      const authority = new Authority("google");
      onClose(async () => authority.remove());
      const google = new GoogleStandIn();
      const environment = await google.underItsName(authority);
      const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      google.knows = (authorization = "") => {
        const [, head, claims = "", signature = ""] =
          /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization) ?? [];
        const { iss } = JSON.parse(Buffer.from(claims, "base64url").toString() || "{}");
        const verify = createVerify("RSA-SHA256").update(`${head}.${claims}`);
        return iss === "ci@ci.example" && verify.verify(publicKey, signature, "base64url");
      };
      const key = JSON.stringify({
        type: "service_account",
        project_id: "ci",
        private_key_id: "1",
        private_key: privateKey.export({ type: "pkcs8", format: "pem" }),
        client_email: "ci@ci.example",
      });
      const keyFile = path.join(authority.folder, "google.json");
      writeFileSync(keyFile, key);
      const named =
        from === "stack config"
          ? new SeparateStores(environment, JSON.stringify({ "google-secret-manager": { credentials: key } }))
          : new SeparateStores({ ...environment, GOOGLE_APPLICATION_CREDENTIALS: keyFile });
      onClose(() => named.end());
      const token = new Place(named, target);
      await token.probe();
      await token.write(one);
      expect(parsed(google)).toEqual([one]);
      google.knows = () => false;
      expect((await failure(token.probe())).message).toMatch(/HTTP 401/);
    },
  );
});
