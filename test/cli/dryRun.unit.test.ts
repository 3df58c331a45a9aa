import { dryRun } from "../../cli/check/dryRun";
import { parse } from "../support/vendor/definitions";

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

it("a dry run shows the first page that is asked for, and a place holder for what only the vendor sets", () => {
  const definition = parse({
    name: "acme",
    path: "/keys",
    fields: { value: "key", fullName: "full_name" },
    operations: {
      list: { pagination: { style: "page", parameter: "page", sizeParameter: "per_page", size: 50 } },
      revoke: { query: { name: "{fullName}" } },
    },
  });
  const sections = dryRun({ definition, connection: undefined, parents: {}, inputs: {}, nowMs: 0 });
  expect(sections.find((section) => section.startsWith("list"))).toContain("/keys?per_page=50&page=1");
  expect(sections.find((section) => section.startsWith("revoke"))).toContain("?name=FULL-NAME");
});
