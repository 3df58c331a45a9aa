import { mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { draft } from "../../draft";
import { content, documentFolder, keyDocument } from "../support/keyDocument";

const { folder, file, remove } = documentFolder();
afterAll(remove);

/** More than any of these takes on a busy machine, and less than what would be felt as hanging. */
const patienceMs = 20_000;

function within<Result>(work: () => Result): Result {
  const before = Date.now();
  try {
    return work();
  } finally {
    expect(Date.now() - before).toBeLessThan(patienceMs);
  }
}

describe("a document that means harm", () => {
  it("may refer round in a circle", () => {
    const document = keyDocument();
    document.components.schemas.Key = {
      type: "object",
      properties: { id: { type: "string" }, parent: { $ref: "#/components/schemas/Key" } },
      allOf: [{ $ref: "#/components/schemas/Loop" }, { $ref: "#/components/schemas/Key" }],
    };
    document.components.schemas.Loop = { $ref: "#/components/schemas/Pool" };
    document.components.schemas.Pool = { $ref: "#/components/schemas/Loop" };
    const { definition } = within(() => draft(file("circle.json", document)));
    expect(definition.path).toBe("/keys");
  });

  it("joins schemas that double with each level in bounded time", () => {
    const document = keyDocument();
    for (let level = 0; level < 60; level++) {
      const next = { $ref: `#/components/schemas/L${level + 1}` };
      document.components.schemas[`L${level}`] = { allOf: [next, next], properties: { a: next, b: next } };
    }
    document.components.schemas.L60 = { type: "object" };
    document.components.schemas.Key = { $ref: "#/components/schemas/L0" };
    expect(() => within(() => draft(file("doubling.json", document)))).not.toThrow();
  });

  it("has nothing fetched", async () => {
    let requests = 0;
    const server = createServer((_request, response) => {
      requests++;
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const document = keyDocument();
      const address = `http://127.0.0.1:${port}/error.json`;
      document.components.schemas.Error = { $ref: address };
      const { questions } = draft(file("remote.json", document));
      expect(questions).toContainEqual(
        `document: /components/schemas/Error: the $ref ${JSON.stringify(address)} is not in the document's folder, and nothing is fetched. Assumed: that nothing of it matters here.`,
      );
      await new Promise((resolve) => setImmediate(resolve));
      expect(requests).toBe(0);
    } finally {
      server.close();
    }
  });

  it.each([
    ["above its folder", "../secret.json", "is outside of the document's folder"],
    ["above its folder, by a link", "link.json", "is outside of the document's folder"],
    ["that is no JSON or YAML", "./.env", "is no JSON or YAML file here"],
    ["by its address", "/etc/passwd", "is no JSON or YAML file here"],
  ])("has no file read %s", (_where, reference, why) => {
    const inner = path.join(folder, "inner");
    mkdirSync(inner, { recursive: true });
    const secret = { type: "object", properties: { message: { type: "string" } }, title: "canary" };
    file("secret.json", secret);
    file("inner/.env", "TOKEN: canary");
    if (!readdirSync(inner).includes("link.json"))
      symlinkSync("../secret.json", path.join(inner, "link.json"));
    const document = keyDocument();
    document.components.schemas.Error = { $ref: reference };
    const drafted = draft(file("inner/document.json", document));
    expect(drafted.questions).toContainEqual(expect.stringContaining(`${JSON.stringify(reference)} ${why}`));
    expect(drafted.definition.errors).toBeUndefined();
  });

  it("may be split into files of its folder", () => {
    const document = keyDocument();
    file("error.yaml", "Error:\n  type: object\n  properties:\n    reason: { type: string }\n");
    document.components.schemas.Error = { $ref: "./error.yaml#/Error" };
    expect(draft(file("split.json", document)).definition.errors).toEqual([{ message: "/reason" }]);
  });

  it("is refused where it is too large, unread", () => {
    const large = file("large.json", "{");
    truncateSync(large, 100 * 1_048_576);
    const before = process.memoryUsage().rss;
    expect(() => within(() => draft(large))).toThrow(
      /large\.json cannot be read: with more than 16 MiB it is too large\./,
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1_048_576);
  });

  it.each([
    ["aliases", bomb("- *")],
    ["merges", `a0: &a0 { ${keys(2_000)} }\nb:\n${"  - { <<: *a0 }\n".repeat(3_000)}`],
    ["more merges", `a0: &a0 { ${keys(2_000)} }\nb:\n${"  - { <<: *a0 }\n".repeat(20_000)}`],
    ["many aliases", `a0: &a0 { a: 1 }\nb:\n${"  - *a0\n".repeat(50_000)}`],
  ])("is refused where its YAML grows by %s", (_what, text) => {
    expect(() => within(() => draft(file("bomb.yaml", text)))).toThrow(
      /^.*bomb\.yaml cannot be read: (it has more than|its merges)/,
    );
  });

  it.each([
    ["a list", `a: [${"1,".repeat(7_000_000)}1]`],
    ["lines", `a:\n${"- 1\n".repeat(3_000_000)}`],
  ])("is refused before its YAML takes more memory than there is, by %s", (_what, text) => {
    const dense = file("dense.yaml", text);
    const before = process.memoryUsage().rss;
    expect(() => within(() => draft(dense))).toThrow(
      /dense\.yaml cannot be read: as YAML it has more values/,
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1_048_576);
  });

  it.each([
    ["JSON", "deep.json", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
    ["YAML", "deep.yaml", `a: ${"[".repeat(20_000)}`],
    [
      "indented YAML",
      "steps.yaml",
      Array.from({ length: 900 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
    ],
  ])("is refused where its %s is too deep", (_what, name, text) => {
    expect(() => within(() => draft(file(name, text)))).toThrow(/deeper than 200 levels/);
  });

  it("has no paths followed that are others", () => {
    const document = keyDocument();
    const { "/keys": keys, "/keys/{id}": one } = document.paths;
    const paths = {
      "/admin/../keys": keys,
      "/admin/%2e%2E/keys": keys,
      "/admin/../keys/{id}": one,
    };
    expect(() => draft(file("dots.json", { ...document, paths }))).toThrow(
      /describes no resource of API keys/,
    );
  });

  it("has requests that are others left out", () => {
    const document = keyDocument();
    const { get, ...others } = document.paths["/keys"] ?? {};
    const paths = {
      ...document.paths,
      "/keys": others,
      "/keys/..": { get },
      "/keys/%2E%2e": { get },
      "/keys/ ": { get },
    };
    expect(draft(file("left.json", { ...document, paths })).definition.operations).toEqual({
      list: null,
      get: {},
    });
  });

  it("may call properties by names that every object has", () => {
    const document = keyDocument();
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype"];
    const properties = names.map((name) => `${JSON.stringify(name)}:{"type":"string"}`).join(",");
    const text = JSON.stringify(document)
      .replace('"note":{', `${properties},"note":{`)
      .replace('"Error":{', `"__proto__":{"type":"object"},"Error":{`);
    const { definition } = draft(file("prototype.json", text));
    expect(Object.getPrototypeOf(definition.fields)).toBe(Object.prototype);
    expect(definition.fields).toMatchObject({
      keyConstructor: { wire: "constructor" },
      keyToString: { wire: "toString" },
    });
    expect(({} as Record<string, unknown>).type).toBeUndefined();
  });

  it("has ten thousand paths read in bounded time", () => {
    const document = keyDocument();
    for (let index = 0; index < 10_000; index++) {
      document.paths[`/things${index}/{thingId}/parts`] = {
        post: {
          requestBody: content({ $ref: "#/components/schemas/Key" }),
          responses: { 201: content({ $ref: "#/components/schemas/Key" }) },
        },
      };
    }
    expect(within(() => draft(file("many.json", document))).definition.path).toBe("/keys");
  });

  it("has as many key resources as it likes listed in a few lines", () => {
    const document = keyDocument();
    for (let index = 0; index < 2_000; index++)
      document.paths[`/p${index}/keys`] = document.paths["/keys"] ?? {};
    const refuse = () => within(() => draft(file("resources.json", document)));
    expect(refuse).toThrow(/has several resources that may be the keys\. Choose one with --path/);
    expect(refuse).toThrow(/^(.*\n){9} {2}and 1993 less likely ones$/);
  });

  it("writes nothing", () => {
    const before = readdirSync(folder).toSorted();
    writeFileSync(path.join(folder, "plain.json"), JSON.stringify(keyDocument()));
    draft(path.join(folder, "plain.json"));
    expect(readdirSync(folder).toSorted()).toEqual([...before, "plain.json"].toSorted());
  });

  it.each([
    ["missing.json", undefined, /cannot be read: there is no such file/],
    ["cut.json", '{\n  "openapi": "3.0.0",\n  "paths": {', /cut\.json is no JSON: .*in line 3, column 13/],
    ["wrong.yaml", "openapi: 3.0.0\npaths:\n  a: b: c\n", /wrong\.yaml is no YAML: .*in line 3, column \d+/],
    ["text.yaml", "only text", /is no OpenAPI document: it is no object/],
    [
      "other.json",
      "{}",
      /is no OpenAPI document that describes operations: it has neither openapi nor swagger/,
    ],
    ["empty.json", '{"openapi":"3.0.0","paths":{}}', /describes no resource of API keys/],
  ])("is told by a sentence why %s is none", (name, text, sentence) => {
    const whole = text === undefined ? path.join(folder, name) : file(name, text);
    expect(() => draft(whole)).toThrow(sentence);
  });

  it("is told that it cannot create what it only reads", () => {
    const document = keyDocument();
    const { post: _, ...reading } = document.paths["/keys"] ?? {};
    const paths = { "/api-keys": reading };
    expect(() => draft(file("reading.json", { ...document, paths }))).toThrow(
      /describes no operation that creates API keys, so that they cannot be managed by its API: GET \/api-keys only reads them/,
    );
  });
});

/** Each level names the one before ten times. */
function bomb(item: string): string {
  const first = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  const levels = Array.from(
    { length: 12 },
    (_, level) => `a${level + 1}: &a${level + 1}\n${`  ${item}a${level}\n`.repeat(10)}`,
  );
  return first + levels.join("");
}

function keys(count: number): string {
  return Array.from({ length: count }, (_, index) => `k${index}: 1`).join(", ");
}
