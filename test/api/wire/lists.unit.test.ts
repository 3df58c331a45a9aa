import { fromWireValue } from "../../../provider/api/wire/decode";
import { toWireValue } from "../../../provider/api/wire/encode";
import type { FieldInput } from "../../../provider/definition/schema/field";
import { field, nowMs } from "../../support/vendor/wire";

const scopes = (written: FieldInput) => field("scopes", { type: "strings", input: "optional", ...written });
const sent = (written: FieldInput, texts: unknown) =>
  toWireValue("scopes", scopes(written), { scopes: texts }, nowMs);
const told = (written: FieldInput, wire: unknown) => fromWireValue(scopes(written), wire);

describe("a list of texts", () => {
  it.each<[string, FieldInput, string[], unknown]>([
    ["a list", {}, ["a", "b"], ["a", "b"]],
    ["one text", { as: "joined" }, ["a", "b"], "a,b"],
    ["one text with another separator", { as: "joined", separator: " " }, ["a", "b"], "a b"],
    ["flags", { as: "flags" }, ["a", "b"], { a: true, b: true }],
    ["flags of odd names", { as: "flags" }, ["__proto__"], JSON.parse('{"__proto__":true}')],
    [
      "lists",
      { as: "lists" },
      ["repo:read", "repo:write", "user:read"],
      { repo: ["read", "write"], user: ["read"] },
    ],
    ["lists, one of them empty", { as: "lists" }, ["repo"], { repo: [] }],
    ["lists with another separator", { as: "lists", separator: "/" }, ["repo/a:b"], { repo: ["a:b"] }],
    ["objects", { as: "objects" }, ["a", "b"], [{ name: "a" }, { name: "b" }]],
    [
      "objects with constants, the text deep in them",
      { as: "objects", item: "/resource/id", constants: { access: "rw", resource: { kind: "repo" } } },
      ["a", "b"],
      [
        { access: "rw", resource: { kind: "repo", id: "a" } },
        { access: "rw", resource: { kind: "repo", id: "b" } },
      ],
    ],
    ["a list of the vendor's own words", { values: { read: "R", write: 2 } }, ["read", "write"], ["R", 2]],
    ["one text of the vendor's own words", { as: "joined", values: { read: "R" } }, ["read", "x"], "R,x"],
  ])("stands in JSON as %s, there and back", (_, written, texts, wire) => {
    expect(sent(written, texts)).toStrictEqual(wire);
    expect(told(written, wire)).toStrictEqual(texts);
  });

  it("does not leave one key's text in the definition, for the next key to send", () => {
    const written = {
      as: "objects",
      item: "/resource/id",
      constants: { resource: { kind: "repo" } },
    } as const;
    const complete = scopes(written);
    toWireValue("scopes", complete, { scopes: ["a"] }, nowMs);
    expect(complete.constants).toStrictEqual({ resource: { kind: "repo" } });
  });

  it("may be empty in every form", () => {
    expect(sent({ as: "joined" }, [])).toBe("");
    expect(told({ as: "joined" }, "")).toStrictEqual([]);
    expect(told({ as: "flags" }, {})).toStrictEqual([]);
    expect(told({ as: "lists" }, {})).toStrictEqual([]);
  });

  it("holds the flags that are true, and the joined texts that are not empty", () => {
    expect(told({ as: "flags" }, { a: true, b: false, c: null })).toStrictEqual(["a"]);
    expect(told({ as: "joined" }, "a, b,,c ")).toStrictEqual(["a", "b", "c"]);
    expect(told({ as: "lists" }, { repo: ["read"], user: true, team: false })).toStrictEqual([
      "repo:read",
      "user",
    ]);
  });

  it.each<[FieldInput, unknown]>([
    [{}, "a"],
    [{}, { a: true }],
    [{}, ["a", 1]],
    [{}, ["a", null]],
    [{ as: "joined" }, ["a"]],
    [{ as: "flags" }, ["a"]],
    [{ as: "flags" }, "a"],
    [{ as: "lists" }, ["a"]],
    [{ as: "objects" }, { name: "a" }],
    [{ as: "objects" }, [{ id: "a" }]],
  ])("is ignored in another form than declared: %j %j", (written, wire) => {
    expect(told(written, wire)).toBeUndefined();
  });
});
