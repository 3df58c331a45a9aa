import { expandPath } from "../../provider/http/template";
import { failure } from "../support/http/loopback";

describe("a path template", () => {
  it("takes values for its variables", () => {
    expect(expandPath("/apps/{appId}/keys/{keyId}", { appId: "a1", keyId: "K-2_3.4~5" })).toBe(
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
    expect(expandPath("/keys/{keyId}", { keyId: value })).toBe(`/keys/${expected}`);
  });

  it.each([".", "..", ""])("refuses the value %j, which would mean another path", async (value) => {
    const error = await failure(() => expandPath("/keys/{keyId}", { keyId: value }));
    expect(error).toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining("the value of {keyId} is"),
    });
  });

  it("refuses values that together walk up", async () => {
    await failure(() => expandPath("/a/.{x}", { x: "." }));
    const error = await failure(() => expandPath("/a/{x}{y}b/.%2e/", { x: "1", y: "2" }));
    expect(error).toMatchObject({ code: "INVALID_INPUT" });
  });

  it("refuses a template that walks up by itself", async () => {
    expect(await failure(() => expandPath("/a/../{x}", { x: "1" }))).toMatchObject({ code: "INVALID_INPUT" });
  });

  it("refuses a variable without a value, also one that every object inherits", async () => {
    const error = await failure(() => expandPath("/keys/{keyId}", {}));
    expect(error.message).toBe("The path /keys/{keyId} cannot be filled: {keyId} has no value.");
    await failure(() => expandPath("/keys/{constructor}", {}));
    await failure(() => expandPath("/keys/{__proto__}", {}));
  });

  it.each(["/keys{?q}", "/keys/{+path}", "/keys/{a,b}", "/keys/{a*}", "/keys/{a:3}", "/keys/{a", "/keys/a}"])(
    "refuses %s, which is beyond simple expansion",
    async (template) => {
      expect(await failure(() => expandPath(template, { a: "1", b: "2" }))).toMatchObject({
        code: "INVALID_INPUT",
      });
    },
  );

  it("refuses half a surrogate pair, which has no encoding", async () => {
    expect((await failure(() => expandPath("/k/{x}", { x: "\ud800" }))).message).toContain("Unicode");
  });
});
