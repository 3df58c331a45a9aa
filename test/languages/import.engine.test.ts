import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { SandboxKey, VendorName } from "../../sandbox";
import { liveKeys, requests, use, vendorCaseOf } from "../support/engine/vendors";
import { useLanguage } from "../support/languages/languageStack";
import { describeIn } from "../support/languages/toolchains";

const project = "name: imported\nruntime: yaml\n";

/** The id by which each vendor's key is imported. */
const importIds: Readonly<Record<VendorName, (key: SandboxKey) => string>> = {
  xentree: ({ id }) => id,
  applications: ({ id, parent }) => `${parent}/${id}`,
  sendkit: ({ parent }) => String(parent),
};

describeIn("yaml", "pulumi import in a YAML project", () => {
  const at = useLanguage("yaml", (dir) => writeFileSync(path.join(dir, "Pulumi.yaml"), project));
  /** What the commands have generated so far. */
  const generated: string[] = [];
  const write = (resources: string, rest = "") =>
    writeFileSync(path.join(at.stack.dir, "Pulumi.yaml"), `${project}resources:\n${resources}${rest}`);

  it.each(["xentree", "applications", "sendkit"] as const)(
    "takes over a key of %s, and writes a program that changes nothing",
    async (vendor) => {
      const key = at.sandbox.createOutOfBand(vendor, { name: "made-in-the-console" });
      const file = path.join(at.stack.dir, "generated.yaml");
      const id = importIds[vendor](key);
      await at.stack.pulumi(["import", `apikeys:${vendor}:ApiKey`, vendor, id, "--yes", "--out", file]);
      generated.push(readFileSync(file, "utf8").replace(/^resources:\n/, ""));
      write(generated.join(""));
      at.sandbox.journal.clear();
      await at.stack.preview("--expect-no-changes");
      await at.stack.up("--skip-preview", "--expect-no-changes");
      expect(requests(at.sandbox)).toEqual([]);
      expect(liveKeys(at.sandbox, vendor)).toEqual([key.id]);
    },
  );

  it("changes nothing either in a program without what the vendors chose", async () => {
    const unchosen = /^ {6}(allowedIps|connection|name|permissions|rateLimitPerMinute):.*\n( {8}.*\n)*/gm;
    const asked = generated.join("").replace(unchosen, "");
    expect(asked).not.toMatch(/read|console/);
    write(asked.replace("apikeys:xentree:ApiKey\n    properties:", "apikeys:xentree:ApiKey"));
    await at.stack.preview("--expect-no-changes");
  });

  it("has no value of the key, and gets one with the first rotation, beside the imported key", async () => {
    const [imported] = at.sandbox.keys("xentree");
    const { outputs } = await at.stack.resource("xentree", { showSecrets: true });
    expect(outputs).not.toHaveProperty("value");
    expect(outputs?.valueAvailable).toBe(false);
    const rotation = "      rotation: { overlap: 1h, triggers: { reason: to have a value } }\n";
    const program = generated.join("").replace("xentree:ApiKey\n    properties:\n", `$&${rotation}`);
    write(program, `outputs:\n  value: \${xentree.value}\n`);
    await at.stack.up("--skip-preview");
    const { value } = await at.stack.outputs({ showSecrets: true });
    const xentree = vendorCaseOf("xentree");
    expect([await use(xentree, at.sandbox, value), await use(xentree, at.sandbox, imported?.value)]).toEqual([
      200, 200,
    ]);
  });

  it("says in which form an id is missing a part", async () => {
    const type = "apikeys:applications:ApiKey";
    const { output } = await at.stack.pulumi(["import", type, "other", "key-1", "--yes"], {
      allowFailure: true,
    });
    expect(output).toContain(
      "key-1 is no import id of a Applications API key: give <applicationId>/<keyId>.",
    );
  });
});
