import { incompleteList } from "../../../provider/api/pagination/incompleteList";
import { keysFromWire } from "../../../provider/api/wire/items";
import type { ServiceDefinitionInput } from "../../../provider/definition/definition";
import { sendkit, xentree } from "../../support/vendor/definitions";
import { service } from "../../support/vendor/wire";

type List = NonNullable<NonNullable<ServiceDefinitionInput["operations"]>["list"]>;

const envelope = { envelope: "/data" };

function refusal(name: string, problem: string): string {
  return (
    `The list of ${name} keys (connection "prod") ${problem}, so nothing can be concluded about a key that is not on it. ` +
    "Check the connection's base URL, and the service definition against the vendor's page."
  );
}

function keysOf(
  definition: ReturnType<typeof service>,
  list: Parameters<typeof keysFromWire>[1],
  body: unknown,
) {
  return keysFromWire(definition, list, body, {}, incompleteList(definition.title, "prod"));
}

/** What is made of a list that is declared so. */
function listed(list: List, body: unknown, fields: ServiceDefinitionInput["fields"] = {}) {
  const definition = service({ label: { input: "optional" }, ...fields }, { operations: { list } });
  const declared = definition.operations.list;
  if (!declared) throw new Error("The definition declares no list.");
  return keysFromWire(definition, declared, body, {}, incompleteList("acme", "prod"));
}

const ids = ({ keys }: ReturnType<typeof listed>) => keys.map(({ id }) => id);

describe("a list", () => {
  it("may be empty", () => {
    expect(keysOf(xentree, { envelope: "" }, []).keys).toEqual([]);
  });

  it("is found in the service's envelope", () => {
    expect(keysOf(sendkit, envelope, { data: [{ id: "1" }] }).keys).toEqual([{ id: "1", fields: {} }]);
    expect(ids(listed({ envelope: "/data" }, { data: [{ id: "1" }] }))).toEqual(["1"]);
  });

  it.each([undefined, null, {}, { items: [] }, "[]"])("that is no array proves nothing: %j", (body) => {
    expect(() => keysOf(xentree, { envelope: "" }, body)).toThrow(
      refusal("Xentree", "holds no list at the top of the body"),
    );
  });

  it("that is missing from the envelope proves nothing", () => {
    expect(() => keysOf(sendkit, envelope, [])).toThrow(refusal("SendKit", "holds no list at /data"));
  });

  it("with an item that has no id proves nothing: it may be the key that is looked for", () => {
    expect(() => keysOf(xentree, { envelope: "" }, [{ id: "1" }, { name: "canary" }])).toThrow(
      refusal("Xentree", "names no id at /1"),
    );
    expect(() => keysOf(sendkit, envelope, { data: [null] })).toThrow(
      refusal("SendKit", "names no id at /data/0"),
    );
  });

  it("may be an object whose property names are ids, and is not changed", () => {
    const body = { k1: { label: "a" }, k2: { label: "b" }, k3: null };
    expect(listed({ entries: { key: "id" } }, body).keys).toEqual([
      { id: "k1", fields: { label: "a" } },
      { id: "k2", fields: { label: "b" } },
      { id: "k3", fields: {} },
    ]);
    expect(body.k1).toStrictEqual({ label: "a" });
  });

  it("may be an object from names to texts", () => {
    const list = listed(
      { entries: { key: "/meta/label", value: "/meta/id" } },
      { a: "k1", b: "k2" },
      {
        id: "/meta/id",
        label: "/meta/label",
      },
    );
    expect(list.keys).toEqual([
      { id: "k1", fields: { label: "a" } },
      { id: "k2", fields: { label: "b" } },
    ]);
  });

  it("may hold texts or numbers alone", () => {
    expect(ids(listed({ entries: { value: "id" } }, ["k1", 2]))).toEqual(["k1", "2"]);
    expect(() => listed({}, ["k1"])).toThrow("names no id at /0");
    expect(() => listed({ entries: { value: "id" } }, [null])).toThrow("names no id at /0");
  });

  it("may be nested, with keys of each part", () => {
    const body = { teams: { "a/b": { keys: [{ id: "1" }] }, c: { keys: [{ id: "2" }, { id: "3" }] } } };
    expect(ids(listed({ envelope: "/teams/*/keys" }, body))).toEqual(["1", "2", "3"]);
    expect(ids(listed({ envelope: "/*/*" }, [[[{ id: "1" }], []], [[{ id: "2" }]]]))).toEqual(["1", "2"]);
    expect(() => listed({ envelope: "/teams/*/keys" }, { teams: { a: {} } })).toThrow(
      "holds no list at /teams/*/keys",
    );
    expect(() => listed({ envelope: "/teams/*/keys" }, { teams: 5 })).toThrow("holds no list at /teams");
  });

  it("leaves out items of another kind, but counts them, as pages do", () => {
    const body = [{ id: "1", type: "key" }, { id: "2", type: "user" }, { name: "no id, and no key" }];
    const list = listed({ only: { at: "/type", equals: "key" } }, body);
    expect(ids(list)).toEqual(["1"]);
    expect(list.others).toBe(2);
  });

  it("whose property names are secrets does not show them in an error", () => {
    const body = { "canary-secret": { label: "a" } };
    expect(() => listed({ entries: { key: "label" } }, body)).toThrow(refusal("acme", "names no id at /*"));
    expect(() => listed({ envelope: "/*/keys" }, { "canary-secret": { keys: 1 } })).toThrow(
      "holds no list at /*/keys",
    );
  });

  it("that shows the secrets keeps none of them", () => {
    const list = listed({}, [
      { id: "1", value: "canary-secret-0123456789", label: "canary-secret-0123456789" },
    ]);
    expect(list.keys).toEqual([{ id: "1", fields: {} }]);
  });
});
