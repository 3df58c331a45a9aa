import { atPointer } from "../../provider/json/pointer";

describe("a JSON Pointer", () => {
  /** @see RFC 6901, section 5 */
  const document = { foo: ["bar", "baz"], "": 0, "a/b": 1, "m~n": 8, "~1": 9, deep: { er: { est: null } } };

  it.each<[string, unknown]>([
    ["", document],
    ["/foo", ["bar", "baz"]],
    ["/foo/0", "bar"],
    ["/", 0],
    ["/a~1b", 1],
    ["/m~0n", 8],
    ["/~01", 9],
    ["/deep/er/est", null],
  ])("%p leads to what RFC 6901 says", (pointer, value) => {
    expect(atPointer(document, pointer)).toEqual(value);
  });

  it.each(["/none", "/foo/2", "/foo/bar", "/deep/er/est/more", "/a/b"])("%p leads nowhere", (pointer) => {
    expect(atPointer(document, pointer)).toBeUndefined();
  });

  it.each(["/constructor", "/__proto__", "/toString/name", "/foo/map"])(
    "%p finds nothing that the document inherits",
    (pointer) => {
      expect(atPointer(document, pointer)).toBeUndefined();
    },
  );

  it.each([undefined, null, "text", 5])("leads nowhere in %p", (nothing) => {
    expect(atPointer(nothing, "/foo")).toBeUndefined();
  });
});
