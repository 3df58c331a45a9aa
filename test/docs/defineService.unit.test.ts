import { readFileSync } from "node:fs";
import { examine } from "../../provider/definition/examine";
import { problemText } from "../../provider/definition/registry";

const document = readFileSync("docs/define-a-service.md", "utf8");
const blocks = [...document.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = ""]) => text);

/** What a fragment leaves unsaid. */
const rest = { name: "acme", baseUrl: "https://api.acme.example", path: "/keys" };

describe("docs/define-a-service.md", () => {
  it("shows definitions", () => {
    expect(blocks.length).toBeGreaterThan(20);
  });

  it.each(blocks.map((text) => [text.trim().split("\n").slice(0, 2).join(" "), text] as const))(
    "shows what holds: %s",
    (_, text) => {
      const written: unknown = JSON.parse(text);
      const whole = { ...(Object.hasOwn(written as object, "name") ? {} : rest), ...(written as object) };
      const { problems = [] } = examine(whole);
      expect(problems.map(problemText)).toEqual([]);
    },
  );
});
