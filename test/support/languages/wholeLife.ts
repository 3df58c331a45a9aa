import { readFileSync } from "node:fs";
import { letPass } from "../engine/timeTravel";
import { liveKeys, requests, use, vendorCaseOf } from "../engine/vendors";
import { addPackages, languageExample, useLanguage } from "./languageStack";
import { describeIn, type Language } from "./toolchains";

const xentree = vendorCaseOf("xentree");
const applications = vendorCaseOf("applications");

/** What the examples in `examples/languages` put out. */
interface Outputs {
  readonly ciKeyId: string;
  readonly ciKey: string;
  readonly ciFingerprint: string;
  readonly billingKeyId: string;
  readonly billingKey: string;
}

/** The example in a language, from its first key to `destroy`. */
export function wholeLife(language: Language): void {
  describeIn(language, `the example in ${language}`, () => {
    const at = useLanguage(language, languageExample(language));
    beforeAll(async () => {
      if (language !== "yaml") await addPackages(at.stack, language);
    });
    const outputs = async () => (await at.stack.outputs({ showSecrets: true })) as unknown as Outputs;

    it("makes its keys, which work, and shows no value", async () => {
      const { output } = await at.stack.up("--skip-preview");
      const { ciKey, ciKeyId, billingKey, billingKeyId } = await outputs();
      expect([
        await use(xentree, at.sandbox, ciKey),
        await use(applications, at.sandbox, billingKey),
      ]).toEqual([200, 200]);
      expect([liveKeys(at.sandbox, "xentree"), liveKeys(at.sandbox, "applications")]).toEqual([
        [ciKeyId],
        [billingKeyId],
      ]);
      const state = readFileSync(at.stack.stateFile(), "utf8");
      for (const value of [ciKey, billingKey]) {
        expect(output).not.toContain(value);
        expect(state).not.toContain(value);
      }
    });

    it("sends nothing and changes nothing when it runs again unchanged", async () => {
      at.sandbox.journal.clear();
      await at.stack.up("--skip-preview", "--expect-no-changes");
      expect(requests(at.sandbox)).toEqual([]);
    });

    it("finds nothing new in a refresh, which reads each vendor once", async () => {
      at.sandbox.journal.clear();
      await at.stack.refresh("--skip-preview", "--expect-no-changes");
      expect(requests(at.sandbox).map((request) => request.split(" ")[0])).toEqual(["GET", "GET"]);
    });

    it("renews a key beside which the previous one goes on working until the overlap is over", async () => {
      const before = await outputs();
      await at.stack.pulumi(["config", "set", "reason", "somebody left"]);
      const { output } = await at.stack.up();
      expect(output).toContain("1 updated");
      const after = await outputs();
      expect(after.ciFingerprint).not.toBe(before.ciFingerprint);
      const both = () => Promise.all([before, after].map(({ ciKey }) => use(xentree, at.sandbox, ciKey)));
      expect(await both()).toEqual([200, 200]);

      await letPass(at.stack, 8 * 86_400_000);
      await at.stack.up("--skip-preview");
      expect(await both()).toEqual([401, 200]);
    });

    it("revokes all that it has made when it is destroyed", async () => {
      await at.stack.destroy("--skip-preview");
      expect([liveKeys(at.sandbox, "xentree"), liveKeys(at.sandbox, "applications")]).toEqual([[], []]);
      expect((await at.stack.exportState()).deployment.resources ?? []).toEqual([]);
    });
  });
}
