import { readFileSync } from "node:fs";
import path from "node:path";
import { check, type Properties } from "../support/lifecycle/lifecycle";
import { program } from "../support/lifecycle/modelEngine";
import { ModelWorld } from "../support/lifecycle/world";
import { sendkit, xentree } from "../support/vendor/definitions";

const document = readFileSync(path.resolve(__dirname, "../../docs/rotation.md"), "utf8").replace(/\s+/g, " ");

describe("docs/rotation.md quotes word for word", () => {
  it.each<[string, Properties]>([
    ["an overlap as long as the period", program(xentree, { rotation: { every: "30d", overlap: "30d" } })],
    [
      "a lifetime too short for period and overlap",
      program(xentree, { expiresIn: "30d", rotation: { every: "30d", overlap: "7d" } }),
    ],
    [
      "a renewal too late for the overlap",
      program(xentree, { expiresIn: "90d", rotation: { beforeExpiry: "3d", overlap: "7d" } }),
    ],
    ["an overlap at SendKit", program(sendkit, { rotation: { overlap: "1d" } })],
  ])("why the check refuses %s", (_, asked) => {
    const { failures } = check(new ModelWorld(), {}, asked);
    expect(failures).toHaveLength(1);
    const [failure = ""] = failures;
    expect(document).toContain(failure.slice(failure.indexOf(": ") + 2).replace(/\.$/, ""));
  });
});
