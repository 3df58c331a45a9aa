import { startSandbox } from "../../sandbox";
import { TestStack } from "../support/engine/stack";
import { connectionsOf, liveKeys } from "../support/engine/vendors";

describe("two stacks at the same time", () => {
  it("keep to their own keys", async () => {
    const sandbox = await startSandbox();
    const program = (own: string) => `
      const { xentree } = require("pulumi-apikeys");
      for (let i = 0; i < 5; i++) new xentree.ApiKey("shared-name-" + i, { permissions: ["${own}"] });`;
    const stacks = await Promise.all(
      ["one", "two"].map((own) =>
        TestStack.create({ program: program(own), env: connectionsOf(sandbox), name: own }),
      ),
    );
    try {
      await Promise.all(stacks.map((stack) => stack.up("--skip-preview")));
      expect(liveKeys(sandbox, "xentree")).toHaveLength(10);
      expect(new Set(sandbox.keys("xentree").map((key) => key.name)).size).toBe(10);

      const [first, second] = stacks;
      await Promise.all([first?.destroy("--skip-preview"), second?.up("--skip-preview")]);
      expect(liveKeys(sandbox, "xentree")).toHaveLength(5);
      expect((await second?.refresh("--skip-preview"))?.output).toMatch(/6 unchanged/);
    } finally {
      await Promise.all(stacks.map((stack) => stack.remove()));
      await sandbox.close();
    }
  });
});
