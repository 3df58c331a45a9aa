import { decodeBody } from "../../provider/http/json";
import { canary, closeAll, connect, failure, get, post, serve } from "../support/http/loopback";

afterEach(closeAll);

function answering(status: number, body: string | Buffer, contentType?: string) {
  return serve((response) => {
    response.writeHead(status, contentType === undefined ? {} : { "content-type": contentType }).end(body);
  });
}

describe("a body", () => {
  it.each([
    "application/json",
    "application/json; charset=utf-8",
    "application/problem+json",
    "Application/JSON",
  ])("labelled %s is JSON", async (contentType) => {
    const server = await answering(200, '{"a":[1,"é"]}', contentType);
    expect((await connect(server.url).client.send(get)).body).toEqual({
      kind: "json",
      value: { a: [1, "é"] },
    });
  });

  it.each(["text/html", "text/plain; charset=utf-8", undefined])(
    "that is a JSON object counts as one under the label %s: a value shown once must not be lost to it",
    async (contentType) => {
      const server = await answering(201, '{"key":"v"}', contentType);
      expect((await connect(server.url).client.send(post)).body).toEqual({
        kind: "json",
        value: { key: "v" },
      });
    },
  );

  it.each([
    ["<html>", "text/html"],
    ["404", "text/plain"],
    ['"text"', "text/plain"],
    ["{not json}", "text/plain"],
  ])("%s as %s is not JSON", async (body, contentType) => {
    const server = await answering(200, body, contentType);
    expect((await connect(server.url).client.send(get)).body).toMatchObject({ kind: "other", contentType });
  });

  it("of no bytes, or of white space, is empty", async () => {
    expect((await connect((await answering(204, "")).url).client.send(get)).body).toEqual({ kind: "empty" });
    const blank = await answering(200, " \r\n", "application/json");
    expect((await connect(blank.url).client.send(get)).body).toEqual({ kind: "empty" });
  });

  const broken = [
    ["cut JSON", `{"key":"${canary}`, "none"],
    ["bytes that are no UTF-8", Buffer.from([0x22, 0xff, 0x22]), "UTF-8"],
    ["65 levels", "[".repeat(65) + "]".repeat(65), "64 levels"],
    ["a million levels", '{"a":'.repeat(1_000_000), "64 levels"],
  ] as const;

  it.each(broken)("labelled JSON that is %s makes a GET fail, without showing it", async (_, body, words) => {
    const server = await answering(200, body as string, "application/json");
    const error = await failure(connect(server.url).client.send(get));
    expect(error).toMatchObject({ code: "RESPONSE_INVALID", message: expect.stringContaining(words) });
    expect(server.received).toHaveLength(1);
  });

  it.each(broken)("labelled JSON that is %s makes a POST's outcome unknown", async (_, body, words) => {
    const server = await answering(201, body as string, "application/json");
    const error = await failure(connect(server.url).client.send(post));
    expect(error).toMatchObject({ code: "OUTCOME_UNKNOWN", message: expect.stringContaining(words) });
    expect(server.received).toHaveLength(1);
  });

  it.each(broken)("labelled JSON that is %s does not hide an error status", async (_, body) => {
    const server = await answering(409, body as string, "application/json");
    expect(await connect(server.url).client.send(post)).toMatchObject({
      status: 409,
      body: { kind: "other", contentType: "application/json" },
    });
  });

  it("of 64 levels is still read", () => {
    expect(decodeBody(Buffer.from("[".repeat(64) + "]".repeat(64)), "application/json").kind).toBe("json");
    expect(decodeBody(Buffer.from(JSON.stringify("[".repeat(99))), "application/json").kind).toBe("json");
    expect(decodeBody(Buffer.from(JSON.stringify(`\\"${"{".repeat(99)}`)), "application/json").kind).toBe(
      "json",
    );
  });

  it("cannot set a prototype", () => {
    const text = '{"__proto__":{"admin":true},"a":{"__proto__":[1],"b":1},"constructor":{"prototype":1}}';
    const decoded = decodeBody(Buffer.from(text), "application/json");
    expect(decoded).toEqual({ kind: "json", value: { a: { b: 1 }, constructor: { prototype: 1 } } });
    const value = (decoded as { value: Record<string, unknown> }).value;
    expect(Object.hasOwn(value, "__proto__")).toBe(false);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it("keeps every digit of a large id: rounded, it would be another key's", () => {
    const text = '{"id":9007199254740993,"n":-12345678901234567890,"i":9007199254740991,"f":1.5,"e":1e300}';
    expect(decodeBody(Buffer.from(text), "application/json")).toEqual({
      kind: "json",
      value: { id: "9007199254740993", n: "-12345678901234567890", i: 9007199254740991, f: 1.5, e: 1e300 },
    });
  });

  it("may start with a byte order mark", () => {
    expect(decodeBody(Buffer.from("\ufeff{}"), "application/json")).toEqual({ kind: "json", value: {} });
  });
});

describe("a body over the bound", () => {
  const policy = { maxBodyBytes: 1_000 };
  const sized = (status: number, bytes: number, announced: boolean) =>
    serve((response) => {
      response.writeHead(status, {
        "content-type": "application/json",
        ...(announced ? { "content-length": bytes } : {}),
      });
      response.end(`"${canary.padEnd(bytes - 2)}"`);
    });

  it.each([true, false])(
    "is an error for a GET, and not asked for again (announced: %j)",
    async (announced) => {
      const server = await sized(200, 1_001, announced);
      const error = await failure(connect(server.url, { policy }).client.send(get));
      expect(error).toMatchObject({
        code: "RESPONSE_INVALID",
        message: expect.stringContaining("too large"),
      });
      expect(server.received).toHaveLength(1);
    },
  );

  it("makes a POST's outcome unknown", async () => {
    const server = await sized(201, 1_001, true);
    expect(await failure(connect(server.url, { policy }).client.send(post))).toMatchObject({
      code: "OUTCOME_UNKNOWN",
    });
    expect(server.received).toHaveLength(1);
  });

  it("does not hide an error status", async () => {
    const server = await sized(403, 5_000, true);
    expect(await connect(server.url, { policy }).client.send(post)).toMatchObject({
      status: 403,
      body: { kind: "other" },
    });
  });

  it("begins one byte after it", async () => {
    const server = await sized(200, 1_000, true);
    expect((await connect(server.url, { policy }).client.send(get)).body.kind).toBe("json");
  });

  it("is not read to its end", async () => {
    const server = await serve((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(500)));
      };
      response.on("drain", more);
      more();
    });
    expect(await failure(connect(server.url, { policy }).client.send(get))).toMatchObject({
      message: expect.stringContaining("too large"),
    });
  });
});
