import { fillJson, fillPath, fillTexts } from "../../provider/json/templates";
import { failure } from "../support/http/loopback";

describe("a path template", () => {
  it("takes values for its variables", () => {
    expect(fillPath("/apps/{appId}/keys/{keyId}", { appId: "a1", keyId: "K-2_3.4~5" })).toBe(
      "/apps/a1/keys/K-2_3.4~5",
    );
  });

  it.each([
    ["../../admin", "..%2F..%2Fadmin"],
    ["%2e%2e%2f", "%252e%252e%252f"],
    ["a/b", "a%2Fb"],
    ["a\\b", "a%5Cb"],
    ["1?all=true", "1%3Fall%3Dtrue"],
    ["1#x", "1%23x"],
    ["1\r\nHost: evil.example", "1%0D%0AHost%3A%20evil.example"],
    ["{keyId}", "%7BkeyId%7D"],
    ["it's (1)*!", "it%27s%20%281%29%2A%21"],
    ["ключ", "%D0%BA%D0%BB%D1%8E%D1%87"],
    ["...", "..."],
  ])("keeps %j within its segment", (value, expected) => {
    expect(fillPath("/keys/{keyId}", { keyId: value })).toBe(`/keys/${expected}`);
  });

  it.each([".", "..", ""])("refuses the value %j, which would mean another path", async (value) => {
    const error = await failure(() => fillPath("/keys/{keyId}", { keyId: value }));
    expect(error).toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining("the value of {keyId} is"),
    });
  });

  it("refuses values that together walk up", async () => {
    await failure(() => fillPath("/a/.{x}", { x: "." }));
    const error = await failure(() => fillPath("/a/{x}{y}b/.%2e/", { x: "1", y: "2" }));
    expect(error).toMatchObject({ code: "INVALID_INPUT" });
  });

  it("refuses a template that walks up by itself", async () => {
    expect(await failure(() => fillPath("/a/../{x}", { x: "1" }))).toMatchObject({ code: "INVALID_INPUT" });
  });

  it("refuses a variable without a value, also one that every object inherits", async () => {
    const error = await failure(() => fillPath("/keys/{keyId}", {}));
    expect(error.message).toBe("The path /keys/{keyId} cannot be filled: {keyId} has no value.");
    await failure(() => fillPath("/keys/{constructor}", {}));
    await failure(() => fillPath("/keys/{__proto__}", {}));
  });

  it.each(["/keys{?q}", "/keys/{+path}", "/keys/{a,b}", "/keys/{a*}", "/keys/{a:3}", "/keys/{a", "/keys/a}"])(
    "refuses %s, which is beyond simple expansion",
    async (template) => {
      expect(await failure(() => fillPath(template, { a: "1", b: "2" }))).toMatchObject({
        code: "INVALID_INPUT",
      });
    },
  );

  it("refuses half a surrogate pair, which has no encoding", async () => {
    expect((await failure(() => fillPath("/k/{x}", { x: "\ud800" }))).message).toContain("Unicode");
  });
});

describe("JSON with variables", () => {
  const variables = { name: "ci", limit: 5, scopes: ["a", "b"], none: null };

  it("takes a value of any type where a text is one variable, and text everywhere else", () => {
    const template = { alone: "{limit}", among: "at most {limit}", deep: [{ all: "{scopes}" }], fixed: 1 };
    for (const whereMissing of ["refuse", "omit"] as const) {
      expect(fillJson(template, variables, whereMissing)).toEqual({
        alone: 5,
        among: "at most 5",
        deep: [{ all: ["a", "b"] }],
        fixed: 1,
      });
    }
  });

  it.each(["{gone}", "for {gone}", "{name} {gone}", "{none}", "{constructor}", "{__proto__}"])(
    "refuses %j by the template and the variable where a value is missing",
    async (text) => {
      const error = await failure(() => fillJson({ a: [text] }, variables, "refuse"));
      const name = text === "{none}" ? "none" : /\{((?!name)\w+)\}/.exec(text)?.[1];
      expect(error).toMatchObject({
        code: "INVALID_INPUT",
        message: `The template ${JSON.stringify(text)} cannot be filled: {${name}} has no value.`,
      });
    },
  );

  it.each(["{gone}", "for {gone}", "{name} {gone}", "{none}"])(
    "leaves out the member or item %j where that is the rule, and nothing beside it",
    (text) => {
      const template = { gone: text, kept: "{name}", items: [text, "{name}"], deep: { gone: text } };
      expect(fillJson(template, variables, "omit")).toStrictEqual({ kept: "ci", items: ["ci"], deep: {} });
      expect(fillJson(text, variables, "omit")).toBeUndefined();
      expect(fillTexts({ gone: text, max: "{limit}" }, variables, "omit")).toStrictEqual({ max: "5" });
    },
  );

  it("leaves braces that hold no name as they are, and reads no value as a template", () => {
    const text = "query { key(id: $id) { id } } {name}";
    expect(fillJson(text, { name: "{limit}" }, "refuse")).toBe("query { key(id: $id) { id } } {limit}");
  });

  it("keeps a member called __proto__ a member", () => {
    const filled = fillJson(JSON.parse('{"__proto__": "{name}"}'), variables, "refuse");
    expect(JSON.stringify(filled)).toBe('{"__proto__":"ci"}');
  });
});
