import { SSM } from "@aws-sdk/client-ssm";
import { ConfiguredStores } from "../../provider/delivery/configuredStores";
import { placeOf } from "../../provider/delivery/fields";
import { canary, failure } from "../support/http/loopback";
import { FaultyWay } from "../support/stores/faultyWay";
import { canRunMoto, startMoto } from "../support/stores/moto";
import { Place } from "../support/stores/place";

(canRunMoto ? describe : describe.skip)("AWS Parameter Store", () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let way: FaultyWay;
  let aws: SSM;
  const before = { ...process.env };
  let count = 0;

  beforeAll(async () => {
    moto = await startMoto();
    way = await FaultyWay.to(moto.url);
    const credentials = { accessKeyId: "AKIATESTTESTTESTTEST", secretAccessKey: `${canary}-aws-secret` };
    aws = new SSM({ region: "eu-central-1", endpoint: moto.url, credentials });
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_SSM: way.url,
      AWS_DEFAULT_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    });
  });
  beforeEach(() => {
    count++;
  });
  afterEach(() => way.clear());
  afterAll(async () => {
    process.env = before;
    await way.close();
    await moto.stop();
  });

  const name = () => `/ci/xentree-${count}`;
  const place = (target: object = {}) =>
    new Place(new ConfiguredStores(undefined, process.env), {
      store: "aws-ssm-parameter",
      parameter: name(),
      ...target,
    });
  const at = async () => (await aws.getParameter({ Name: name(), WithDecryption: true })).Parameter;
  const one = { "": `${canary}-one` };
  const two = { "": `${canary}-two` };

  it("makes a parameter that is encrypted, in one write", async () => {
    const value = place({ kmsKeyId: "alias/ci" });
    await value.probe();
    expect(way.writes).toEqual([]);
    await value.write(one);
    expect(way.writes).toEqual(["PutParameter"]);
    expect(await at()).toMatchObject({ Value: one[""], Type: "SecureString", Version: 1 });
    const { Parameters } = await aws.describeParameters({
      ParameterFilters: [{ Key: "Name", Values: [name()] }],
    });
    expect(Parameters?.[0]?.KeyId).toBe("alias/ci");
    expect(await (await value.open()).read?.()).toEqual(one);
    expect(await value.look()).toBe("unchanged");
  });

  it("writes the next version, with the one before in the history", async () => {
    const value = place();
    await value.write(one);
    await value.write(two);
    expect(await at()).toMatchObject({ Value: two[""], Version: 2 });
    const { Parameters } = await aws.getParameterHistory({ Name: name(), WithDecryption: true });
    expect(Parameters?.map(({ Value }) => Value)).toEqual([one[""], two[""]]);
  });

  it("sends nothing where it already stands there, also after a kill that lost the receipt", async () => {
    await place().write(one, false);
    way.clear();
    const again = place();
    await again.write(one);
    expect(way.writes).toEqual([]);
    expect([await again.look(), await again.remove()]).toEqual(["unchanged", "unchanged"]);
    await expect(at()).rejects.toThrow("not found");
  });

  it("looks without decrypting", async () => {
    const value = place();
    await value.write(one);
    way.clear();
    await value.look();
    expect(way.passed.map(({ body }) => JSON.parse(body))).toEqual([{ Name: name(), WithDecryption: false }]);
  });

  it("tells what somebody has changed, deleted or made anew, and leaves it", async () => {
    const value = place();
    await value.write(one);
    await aws.putParameter({ Name: name(), Value: "theirs", Type: "SecureString", Overwrite: true });
    expect([await value.look(), await value.remove()]).toEqual(["changed", "changed"]);
    expect(await at()).toMatchObject({ Value: "theirs" });
    await aws.deleteParameter({ Name: name() });
    expect([await value.look(), await value.remove()]).toEqual(["missing", "missing"]);
    await aws.putParameter({ Name: name(), Value: "anew", Type: "SecureString" });
    expect([await value.look(), await value.remove()]).toEqual(["changed", "changed"]);
    expect(await at()).toMatchObject({ Value: "anew", Version: 1 });
  });

  it("survives a lost answer", async () => {
    const value = place();
    let losses = 0;
    way.fault = ({ operation }) => (operation === "PutParameter" && losses++ % 2 === 0 ? "lost" : undefined);
    await value.write(one);
    await value.write(two);
    expect(losses).toBeGreaterThan(2);
    expect(await at()).toMatchObject({ Value: two[""] });
    expect(await value.look()).toBe("unchanged");
  });

  it("writes again where another has written in between", async () => {
    const value = place();
    let times = 0;
    way.fault = ({ operation }) =>
      operation === "PutParameter" && times++ === 0
        ? { status: 400, body: { __type: "TooManyUpdates" } }
        : undefined;
    await value.write(one);
    expect(await at()).toMatchObject({ Value: one[""] });
  });

  it("tells no more of a failure than its name", async () => {
    way.fault = ({ operation, body }) =>
      operation === "PutParameter"
        ? { status: 400, body: { __type: "AccessDeniedException", message: body } }
        : undefined;
    expect((await failure(place().write(one))).message).toBe(
      `AWS Systems Manager did not write parameter ${name()}: AccessDeniedException. Allow ssm:PutParameter, and the use of the KMS key if it has one of its own.`,
    );
    way.fault = ({ operation, body }) =>
      operation === "PutParameter"
        ? { status: 500, body: { __type: "InternalServerError", message: body } }
        : undefined;
    expect((await failure(place().write(one))).message).toContain(
      "InternalServerError. Run `pulumi up` again.",
    );
  });

  it("finds out with wrong credentials before anything is written", async () => {
    await moto.checkCredentials(true);
    const { message } = await failure(place().probe()).finally(() => moto.checkCredentials(false));
    expect(message).toBe(
      `AWS Systems Manager did not read parameter ${name()}: HTTP 403. Check the AWS credentials.`,
    );
    expect(way.writes).toEqual([]);
    await expect(at()).rejects.toThrow("not found");
  });

  it("refuses before to write into a parameter that is not encrypted", async () => {
    await aws.putParameter({ Name: name(), Value: "theirs", Type: "String" });
    expect((await failure(place().probe())).message).toContain(`${name()} is a String`);
  });

  it("takes no fields", async () => {
    const stores = new ConfiguredStores(undefined, process.env);
    const target = { store: "aws-ssm-parameter", parameter: "/ci/xentree", field: "token" };
    expect(await stores.problems([target], { valueInState: true })).toEqual([
      'deliver[0] has "field", which is nothing that a delivery to AWS Parameter Store has',
    ]);
  });

  it("is the same place with another KMS key: what is there is not removed for that", () => {
    const target = { store: "aws-ssm-parameter", parameter: "/ci/xentree" };
    expect(placeOf({ ...target, kmsKeyId: "alias/ci" })).toBe(placeOf(target));
  });
});
