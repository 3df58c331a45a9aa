import { readFileSync } from "node:fs";
import { preloading } from "../support/engine/environment";
import { useStack } from "../support/engine/fixture";
import { recover } from "../support/engine/interruption";
import { liveKeys, programWith, requests, use, vendorCaseOf } from "../support/engine/vendors";
import { sees, title } from "./matrix";

const xentree = vendorCaseOf("xentree");

describe("an up whose recording of a created key fails, on the real engine,", () => {
  const at = useStack("suite", (sandbox) => programWith(xentree, sandbox, xentree.args));
  const live = () => liveKeys(at.sandbox, "xentree");

  it(title("create.mistake"), async () => {
    at.stack.setEnv({ NODE_OPTIONS: preloading("failingRecord.js") });
    const { exitCode, output } = await at.stack.pulumi(["up", "--yes", "--skip-preview"], {
      allowFailure: true,
    });
    at.stack.setEnv({ NODE_OPTIONS: preloading() });
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(sees("create.mistake"));
    const [key] = at.sandbox.keys("xentree");
    expect(output).not.toContain(key?.value);

    const { id, outputs } = await at.stack.resource("ci");
    expect(id).toBe(key?.id);
    expect(outputs).toMatchObject({
      keyId: key?.id,
      __provider: 'exports.handler=()=>require("pulumi-apikeys/provider")',
      value: { ciphertext: expect.any(String) },
    });
    expect(readFileSync(at.stack.stateFile(), "utf8")).not.toContain(key?.value);
    // The engine may end the provider before it strikes out its note of the create.
    expect(await recover(at, "--yes")).toMatch(/Nothing to recover|it was created, and is in the state\./);
  });

  it("goes on with the same key at the next up, whose value works", async () => {
    const before = live();
    await at.stack.up("--skip-preview");
    const { keyId, value } = await at.stack.outputs({ showSecrets: true });
    expect([keyId]).toEqual(before);
    expect(live()).toEqual(before);
    expect(await use(xentree, at.sandbox, value)).toBe(200);
    expect(requests(at.sandbox, "POST")).toHaveLength(1);
  });

  it("leaves nothing owed once refresh has recorded the rest", async () => {
    await at.stack.refresh("--skip-preview");
    await at.stack.preview("--expect-no-changes");
  });

  it("leaves no key behind after destroy", async () => {
    await at.stack.destroy("--skip-preview");
    expect(live()).toEqual([]);
  });
});
