import { created } from "../support/lifecycle/modelEngine";
import { withFields } from "../support/vendor/deviating";

describe("a list to which the vendor adds", () => {
  const definition = () =>
    withFields({ scopes: { type: "strings", input: "optional", set: true, expands: true } });
  const scopes = ["read", "write"];

  async function expanding() {
    const bench = await created(definition());
    bench.server.accept = (fields) => ({ ...fields, scopes: [...(fields.scopes as string[]), "whoami"] });
    await bench.engine.up({ scopes });
    return bench;
  }

  it("is as the program asked, without a word, and later additions are no drift", async () => {
    const { engine, server } = await expanding();
    expect(engine.warnings).toEqual([]);
    expect(engine.outputs.scopes).toEqual(scopes);
    server.tell = (fields) => ({ ...fields, scopes: ["write", "audit", "read"] });
    expect(await engine.refresh()).toBe("same");
    expect(await engine.up({ scopes })).toBe("same");
  });

  it("has drifted when something is missing that was asked for, and the next up repairs it", async () => {
    const { engine, server } = await expanding();
    await engine.refresh();
    server.tell = (fields) => ({ ...fields, scopes: ["read", "whoami"] });
    expect(await engine.refresh()).toBe("changed");
    expect(await engine.up({ scopes })).toBe("replace");
  });

  it("asks for another key when the program asks for less", async () => {
    const { engine } = await expanding();
    expect(await engine.up({ scopes: ["read"] })).toBe("replace");
  });
});

describe("a created key of which the vendor took less than was asked", () => {
  const fields = {
    note: { input: "optional" },
    region: { input: "optional" },
    tag: { input: "optional" },
  } as const;

  it("is told of once, with what was ignored and what was changed", async () => {
    const { engine, server } = await created(withFields(fields));
    server.accept = (asked) => ({ ...asked, note: null, region: "eu-1" });
    await engine.up({ note: "n", region: "eu", tag: "t" });
    expect(engine.warnings).toEqual([
      'The Acme key "ci-0000002" was created, but Acme ignored note and changed region from what the program asks.',
    ]);
    expect(await engine.up({ note: "n", region: "eu", tag: "t" })).toBe("same");
  });

  it("is not said to lack what the answer merely does not tell; a refresh that tells it does", async () => {
    const { engine, server } = await created(withFields(fields));
    server.accept = ({ note: _, ...asked }) => asked;
    await engine.up({ note: "n" });
    expect(engine.warnings).toEqual([]);
    expect(engine.outputs.note).toBe("n");
    server.tell = (told) => ({ ...told, note: null });
    expect(await engine.refresh()).toBe("changed");
    expect(engine.outputs).not.toHaveProperty("note");
  });
});
