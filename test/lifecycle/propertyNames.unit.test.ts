import { reservedNames } from "../../provider/definition/rules/fields";
import { namesOfState } from "../../provider/lifecycle/state/properties";

describe("a name of every key's inputs or state", () => {
  it("is reserved, so that no definition's field or path parameter takes it", () => {
    // `value` is a field that every definition has to declare.
    const names = [...namesOfState].filter((name) => name !== "value");
    expect(names.filter((name) => !reservedNames.has(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(20);
  });
});
