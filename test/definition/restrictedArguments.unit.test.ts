import type { FieldInput } from "../../provider/definition/schema/field";
import { check, type Properties } from "../support/lifecycle/lifecycle";
import { program } from "../support/lifecycle/modelEngine";
import { ModelWorld } from "../support/lifecycle/world";
import { withFields } from "../support/vendor/deviating";

describe("an argument that the service restricts", () => {
  const failures = async (fields: Parameters<typeof withFields>[0], args: Properties, more = {}) => {
    const definition = withFields(fields, more);
    const world = new ModelWorld(definition);
    return check(world, {}, program(definition, args)).failures.map((text) =>
      text.replace("acme.ApiKey: ", ""),
    );
  };

  it("must be one of its values; the nearest is suggested", async () => {
    const role = { input: "optional", values: ["viewer", "editor"] } satisfies FieldInput;
    expect(await failures({ role }, { role: "editer" })).toEqual([
      'role must be one of viewer, editor; did you mean "editor"?',
    ]);
    expect(await failures({ role }, { role: "viewer" })).toEqual([]);
  });

  it("must hold only its values when it is a list; the item is named", async () => {
    const roles = { type: "strings", input: "optional", values: { view: 10, edit: 20 } } as const;
    expect(await failures({ roles }, { roles: ["view", "own"] })).toEqual([
      "roles[1] must be one of view, edit.",
    ]);
    expect(await failures({ roles }, { roles: ["view", "edit"] })).toEqual([]);
  });

  it("must be one of the lifetimes, in any notation, and not a date", async () => {
    const expiresAt = { input: "optional", lifetimes: ["7d", "30d"] } satisfies FieldInput;
    expect(await failures({ expiresAt }, { expiresIn: "31d" })).toEqual([
      'expiresIn must be one of 7d, 30d; did you mean "30d"?',
    ]);
    expect(await failures({ expiresAt }, { expiresIn: "1w" })).toEqual([]);
    expect(await failures({ expiresAt }, { expiresAt: "2027-01-01T00:00:00Z" })).toEqual([
      "expiresAt cannot be kept: Acme has only the lifetimes 7d, 30d; use expiresIn.",
    ]);
  });

  it("must be a lifetime in whole units of the vendor's", async () => {
    const expiresAt = { input: "optional", as: { request: "lifetime-days", response: "rfc3339" } } as const;
    expect(await failures({ expiresAt }, { expiresIn: "36h" })).toEqual([
      "expiresIn must be a whole number of days, for this vendor is told so many.",
    ]);
    expect(await failures({ expiresAt }, { expiresIn: "48h" })).toEqual([]);
  });

  it("must be a number within its bounds, or any JSON", async () => {
    const fields = {
      budget: { type: "number", input: "optional", minimum: 0.5 },
      limits: { type: "json", input: "optional" },
    } as const;
    expect(await failures(fields, { budget: 0.1, limits: { a: [1, null] } })).toEqual([
      "budget must be at least 0.5.",
    ]);
    expect(await failures(fields, { budget: "1" })).toEqual(["budget must be a number."]);
  });

  it("must be digits, where the vendor has a number in the path", async () => {
    const path = "/v1/projects/{projectId}/keys";
    const more = { pathParameters: { projectId: { type: "integer" } }, path, operations: {} };
    expect(await failures({ id: { type: "integer" } }, { projectId: "main", adopt: "x" }, more)).toEqual([
      'projectId must be digits, such as "42".',
      'adopt must be digits, such as "42".',
    ]);
  });
});
