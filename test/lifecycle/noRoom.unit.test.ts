import { HttpProblemError } from "../../provider/base/errors";
import { created, failure } from "../support/lifecycle/modelEngine";
import { weekly } from "../support/lifecycle/overlap";
import { xentree } from "../support/vendor/definitions";

const wayOut =
  "If the vendor allows no more keys, make room there; or let the old key of a renewal go before the new one is made, " +
  "with the resource option deleteBeforeReplace and without rotation.overlap.";
const triggered = (version: number) => ({ rotation: { triggers: { version } } });
const says = (status: number, text: string) =>
  new HttpProblemError(
    status,
    `Xentree did not create API key "ci" (connection "xentree"): HTTP ${status}: ${text}`,
  );

describe("a refusal of a second key beside the first", () => {
  it.each([400, 402, 409, 422])("with %d names the way out: the cause may be a quota", async (status) => {
    const { engine, server } = await created(xentree, weekly(1));
    const refusal = says(status, "No.");
    server.createFaults = [refusal];
    const { code, message } = await failure(engine.up(weekly(2)));
    expect([code, message]).toEqual(["HTTP_PROBLEM", `${refusal.message} ${wayOut}`]);
    expect(server.live).toEqual(["key-1"]);
    expect(engine.outputs).toMatchObject({ keyId: "key-1", generation: 1 });
  });

  it.each([401, 404, 408, 429, 500, 503])("with %d has another cause", async (status) => {
    const { engine, server } = await created(xentree, weekly(1));
    server.createFaults = [says(status, "Too many keys.")];
    expect((await failure(engine.up(weekly(2)))).message).not.toContain(wayOut);
  });
});

describe("a refusal with 403", () => {
  const refusedWith = async (text: string) => {
    const { engine, server } = await created(xentree, weekly(1));
    server.createFaults = [says(403, text)];
    return (await failure(engine.up(weekly(2)))).message;
  };

  it.each(["You have too many API keys.", "Quota exceeded."])(
    "names the way out where it says: %s",
    async (text) => {
      expect(await refusedWith(text)).toContain(wayOut);
    },
  );

  it.each(["Forbidden.", "Too many failed attempts.", "Too many requests."])(
    "is about the credentials or about haste where it says: %s",
    async (text) => {
      expect(await refusedWith(text)).not.toContain(wayOut);
    },
  );
});

describe("a refusal of any other key", () => {
  it.each([
    "Quota exceeded.",
    "You have too many API keys.",
    "API key limit reached.",
    "The keys of this organization have reached their limit.",
    "A maximum of 10 keys is allowed.",
    "Maximum number of tokens reached.",
    "Personal access token limit reached.",
    "This project has the maximum number of credentials.",
    "At most 5 client secrets: the limit is reached by these secrets.",
  ])("names the way out when the vendor mentions a quota: %s", async (text) => {
    const { engine, server } = await created(xentree, triggered(1));
    server.createFaults = [says(409, text)];
    expect((await failure(engine.up(triggered(2)))).message).toContain(wayOut);
    expect(server.live).toEqual(["key-1"]);
  });

  it.each([
    "The name is taken.",
    "rateLimitPerMinute: must be at least 1.",
    "The rate limit is too low.",
    "Tokens may live for a maximum of 90 days.",
    "The maximum length of names of keys is 20.",
  ])("is the vendor's own words alone where they speak of something else: %s", async (text) => {
    const { engine, server } = await created(xentree, triggered(1));
    const refusal = says(422, text);
    server.createFaults = [refusal];
    expect((await failure(engine.up(triggered(2)))).message).toBe(refusal.message);
  });
});
