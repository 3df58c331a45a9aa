import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type CellId, matrix, sees, title } from "./matrix";

const root = path.resolve(__dirname, "..");
const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts") && !file.endsWith("matrix.unit.test.ts"))
  .map((file) => readFileSync(path.join(root, file), "utf8"))
  .join("\n");

describe("the fault matrix", () => {
  it.each(Object.keys(matrix) as CellId[])("has a test of %s that looks at what the user sees", (id) => {
    const [group = "", step = ""] = id.split(".");
    // Most ways to be killed share their tests.
    const shared = group === "killed" || group === "crashed" ? [`\`\${cell}.${step}\``] : [];
    const named = [`"${id}"`, ...shared];
    expect(named.some((name) => sources.includes(`title(${name})`))).toBe(true);
    if (group === "killed") return;
    const looked = [...named, `\`\${cell}.\${step}\``];
    expect(looked.some((name) => sources.includes(`sees(${name})`))).toBe(true);
  });

  it("names a test by its cell", () => {
    expect(title("load.down")).toBe("[load.down] The vendor cannot be reached");
  });

  it("takes what varies for anything, and nothing for nothing", () => {
    expect("Look at key k-1: revoke").not.toMatch(sees("create.lost"));
    expect("").toMatch(sees("create.lost"));
    expect("x may be someone else's and none was revoked. Look at key k-1: y").toMatch(sees("create.fixed"));
    expect("none was revoked. Look at key k-1").not.toMatch(sees("create.fixed"));
  });
});
