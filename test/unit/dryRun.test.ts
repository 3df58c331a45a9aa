import { dryRun } from "../../cli/check/dryRun";
import { parse } from "./support/definitions";

it("a dry run shows declared secrets among the arguments by their names alone, wherever they stand", () => {
  const definition = parse({
    name: "acme",
    path: "/keys",
    fields: {
      value: "key",
      pin: { input: "optional", secret: true, writeOnly: true },
      words: { type: "strings", input: "optional", secret: true },
      until: { type: "instant", input: "optional", secret: true },
    },
    operations: { create: { path: "/keys/{pin}" } },
  });
  const inputs = { name: "ci", pin: "canary-1", words: ["canary-2"], until: "2027-03-04T00:00:00Z" };
  const [create = ""] = dryRun({ definition, connection: undefined, parents: {}, inputs, nowMs: 0 });
  expect(create).toContain("/keys/[pin]\n");
  expect(create).toContain('"[words]"');
  expect(create).toContain('"ci"');
  expect(create).not.toMatch(/canary|2027/);
});
