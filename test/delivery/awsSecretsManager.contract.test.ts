import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { ConfiguredStores } from "../../provider/delivery/configuredStores";
import { Authority, canIssue } from "../support/http/certificates";
import { canary, closeAll, failure } from "../support/http/loopback";
import { serveProxy } from "../support/http/proxy";
import { FaultyWay } from "../support/stores/faultyWay";
import { canRunMoto, startMoto } from "../support/stores/moto";
import { Place } from "../support/stores/place";
import { SeparateStores } from "../support/stores/separateStores";

(canRunMoto ? describe : describe.skip)("AWS Secrets Manager", () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let way: FaultyWay;
  let aws: SecretsManager;
  const before = { ...process.env };
  let count = 0;

  beforeAll(async () => {
    moto = await startMoto();
    way = await FaultyWay.to(moto.url);
    const credentials = { accessKeyId: "AKIATESTTESTTESTTEST", secretAccessKey: `${canary}-aws-secret` };
    aws = new SecretsManager({ region: "eu-central-1", endpoint: moto.url, credentials });
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: way.url,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    });
  });
  afterEach(async () => {
    way.clear();
    await closeAll();
  });
  afterAll(async () => {
    process.env = before;
    await way.close();
    await moto.stop();
  });

  const place = (target: object = {}, stores = new ConfiguredStores(undefined, process.env)) =>
    new Place(stores, {
      store: "aws-secrets-manager",
      secret: `ci/xentree-${count}`,
      field: "token",
      ...target,
    });
  const secret = () => `ci/xentree-${count}`;
  const textAt = async (stage = "AWSCURRENT") =>
    (await aws.getSecretValue({ SecretId: secret(), VersionStage: stage })).SecretString;
  const at = async (stage?: string) => JSON.parse((await textAt(stage)) ?? "");
  const described = () => aws.describeSecret({ SecretId: secret() });
  beforeEach(() => {
    count++;
  });

  const one = { token: `${canary}-one` };
  const two = { token: `${canary}-two` };

  it("makes a secret that is not there, in one write", async () => {
    const token = place();
    await token.probe();
    expect(way.writes).toEqual([]);
    await token.write(one);
    expect(way.writes).toEqual(["CreateSecret"]);
    expect(await at()).toEqual(one);
    expect(await (await token.open()).read?.()).toEqual(one);
    expect(await token.look()).toBe("unchanged");
  });

  it("keeps the version before under AWSPREVIOUS, and a field for the previous value where asked", async () => {
    const token = place({ previous: "old" });
    await token.write(one);
    await token.write({ ...two, old: one.token });
    expect(await at()).toEqual({ ...two, old: one.token });
    expect(await at("AWSPREVIOUS")).toEqual(one);
    await token.write({ token: null });
    expect(await at()).toEqual(two);
  });

  it("sends nothing where it already stands there, also after a kill that lost the receipt", async () => {
    await place().write(one, false);
    way.clear();
    const again = place();
    await again.write(one);
    expect(way.writes).toEqual([]);
    expect([await again.look(), await again.remove()]).toEqual(["unchanged", "unchanged"]);
    expect((await described()).DeletedDate).toBeDefined();
  });

  it("goes back to an earlier content", async () => {
    const token = place();
    for (const content of [one, two, one]) await token.write(content);
    expect(await at()).toEqual(one);
    expect(await at("AWSPREVIOUS")).toEqual(two);
  });

  it("leaves other members of the secret as they are, of whatever kind", async () => {
    const theirs = { user: "them", port: 5432, nested: { deep: [null] } };
    await aws.createSecret({ Name: secret(), SecretString: JSON.stringify(theirs) });
    const token = place();
    await token.write(one);
    expect(await at()).toEqual({ ...theirs, ...one });
    expect(await token.remove()).toBe("unchanged");
    expect(await at()).toEqual(theirs);
    expect((await described()).DeletedDate).toBeUndefined();
  });

  it("writes the value alone", async () => {
    const token = place({ field: undefined });
    await token.write({ "": one.token });
    expect(await textAt()).toBe(one.token);
    expect(await token.look()).toBe("unchanged");
  });

  it("fills a secret that was made elsewhere and is empty, and does not delete it", async () => {
    await aws.createSecret({ Name: secret(), Description: "Theirs" });
    const token = place({ field: undefined });
    await token.probe();
    await token.write({ "": one.token });
    expect(await textAt()).toBe(one.token);
    expect(await token.remove()).toBe("unchanged");
    expect(await textAt()).toBe("{}");
    expect((await described()).DeletedDate).toBeUndefined();
  });

  it("deletes what it made for as long as AWS keeps it, and takes it back with the next write", async () => {
    const token = place();
    await token.write(one);
    await token.remove();
    expect((await described()).DeletedDate).toBeDefined();
    expect(await token.look()).toBe("missing");
    const next = place();
    await next.probe();
    await next.write(two);
    expect((await described()).DeletedDate).toBeUndefined();
    expect(await at()).toEqual(two);
  });

  it("tells what somebody has changed or deleted, and leaves it", async () => {
    const token = place();
    await token.write(one);
    const theirs = JSON.stringify({ token: "theirs" });
    await aws.putSecretValue({ SecretId: secret(), SecretString: theirs });
    expect(await token.look()).toBe("changed");
    expect(await token.remove()).toBe("changed");
    expect(await textAt()).toBe(theirs);
    await aws.deleteSecret({ SecretId: secret(), ForceDeleteWithoutRecovery: true });
    expect([await token.look(), await token.remove()]).toEqual(["missing", "missing"]);
  });

  it("is not changed by another field's change", async () => {
    const token = place();
    await token.write(one);
    await aws.putSecretValue({ SecretId: secret(), SecretString: JSON.stringify({ ...one, b: "theirs" }) });
    expect([await token.look(), await token.remove()]).toEqual(["unchanged", "unchanged"]);
    expect(await at()).toEqual({ b: "theirs" });
  });

  it("has the fields of all who write at once, in one process and in several", async () => {
    const names = ["a", "b", "c", "d"];
    await place({ field: "first" }).write({ first: "1" });
    await Promise.all(names.map((field) => place({ field }).write({ [field]: `${canary}-${field}` })));
    expect(Object.keys(await at()).sort()).toEqual(["a", "b", "c", "d", "first"]);
  });

  it("has the fields of all who create it at once", async () => {
    await Promise.all(
      ["a", "b", "c"].map((field) => place({ field }).write({ [field]: `${canary}-${field}` })),
    );
    expect(Object.keys(await at()).sort()).toEqual(["a", "b", "c"]);
  });

  it("writes again after a kill between a version and its label", async () => {
    const token = place();
    await token.write(one);
    way.fault = ({ operation }) =>
      operation === "UpdateSecretVersionStage"
        ? { status: 400, body: { __type: "AccessDeniedException" } }
        : undefined;
    expect((await failure(token.write(two))).message).toBe(
      `AWS Secrets Manager did not write secret ${secret()}: AccessDeniedException. Allow secretsmanager:UpdateSecretVersionStage, and the use of the KMS key if it has one of its own.`,
    );
    expect(await at()).toEqual(one);
    way.clear();
    await token.write(two);
    expect(await at()).toEqual(two);
  });

  it.each(["CreateSecret", "PutSecretValue", "UpdateSecretVersionStage"])(
    "survives a lost answer to %s",
    async (lost) => {
      const token = place();
      if (lost !== "CreateSecret") await token.write(two);
      let isLost = false;
      way.fault = ({ operation }) => {
        if (operation !== lost || isLost) return undefined;
        isLost = true;
        return "lost";
      };
      await token.write(one);
      expect(isLost).toBe(true);
      expect(await at()).toEqual(one);
      expect(await token.look()).toBe("unchanged");
    },
  );

  it("tells no more of a failure than its name", async () => {
    const token = place();
    await token.write(one);
    way.fault = ({ operation, body }) =>
      operation === "PutSecretValue"
        ? { status: 500, body: { __type: "InternalServiceError", message: body } }
        : undefined;
    const { message } = await failure(token.write(two));
    expect(message).toBe(
      `AWS Secrets Manager did not write secret ${secret()}: InternalServiceError. Run \`pulumi up\` again.`,
    );
  });

  it("finds out with wrong credentials before anything is written", async () => {
    await moto.checkCredentials(true);
    const { message } = await failure(place().probe()).finally(() => moto.checkCredentials(false));
    expect(message).toBe(
      `AWS Secrets Manager did not look at secret ${secret()}: HTTP 403. Check the AWS credentials.`,
    );
    // So does AWS itself say it.
    way.fault = () => ({ status: 400, body: { __type: "UnrecognizedClientException" } });
    expect((await failure(place().probe())).message).toContain(
      "UnrecognizedClientException. Check the AWS credentials.",
    );
    expect(way.writes).toEqual([]);
    await expect(described()).rejects.toThrow("can't find");
  });

  it("finds out before about a text without fields, a deletion under way and an ARN of nothing", async () => {
    await aws.createSecret({ Name: secret(), SecretString: `${canary}-text` });
    expect((await failure(place().probe())).message).toContain("is no JSON object");
    await aws.deleteSecret({ SecretId: secret() });
    expect((await failure(place().probe())).message).toContain("scheduled for deletion");
    const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:none-AbCdEf";
    expect((await failure(place({ secret: arn }).probe())).message).toContain("does not exist");
    expect(way.writes).toEqual([]);
  });

  it("takes credentials from stack config, and sends nothing in the clear", async () => {
    const config = {
      "aws-secrets-manager": { accessKeyId: "AKIACONFIG", secretAccessKey: `${canary}-config` },
    };
    const configured = new ConfiguredStores(JSON.stringify(config), process.env);
    await place({}, configured).write(one);
    expect(await at()).toEqual(one);
    const half = new ConfiguredStores('{"aws-secrets-manager":{"accessKeyId":"AKIACONFIG"}}', process.env);
    expect((await failure(place({}, half).open())).message).toContain(
      "has one of accessKeyId and secretAccessKey",
    );
    const open = new ConfiguredStores(undefined, { ...process.env, AWS_ENDPOINT_URL: "http://aws.example" });
    expect((await failure(place({}, open).open())).message).toContain("would send keys in the clear");
  });

  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const knowsProxies = major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);

  (canIssue && knowsProxies ? it : it.skip)("is reached under its real name through a proxy", async () => {
    const authority = new Authority("aws");
    const host = "secretsmanager.eu-central-1.amazonaws.com";
    const own = await FaultyWay.to(moto.url, authority.issue("aws", [host]));
    const proxy = await serveProxy({ [`${host}:443`]: own.url });
    const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = process.env;
    const stores = new SeparateStores({
      AWS_ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY,
      AWS_REGION: "eu-central-1",
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: authority.ca.certFile,
    });
    try {
      await new Place(stores, { store: "aws-secrets-manager", secret: secret(), field: "token" }).write(one);
      expect(proxy.tunnels.length).toBeGreaterThan(0);
      expect(await at()).toEqual(one);
      expect(stores.output).toBe("");
    } finally {
      await stores.end();
      await own.close();
      authority.remove();
    }
  });
});
