import { type PlainStack, startPlainStack } from "../support/engine/plainStack";
import { letPass } from "../support/engine/timeTravel";
import { closeAll } from "../support/http/loopback";
import { sees, title } from "./matrix";

const dayMs = 86_400_000;

describe("keys of others, on the real engine:", () => {
  let at: PlainStack;
  afterEach(async () => {
    await at.stack.remove();
    await closeAll();
  });

  it(title("rotate.reused-id"), async () => {
    at = await startPlainStack({ reusesIds: true });
    const { vendor, stack, rotate } = at;
    await stack.up("--skip-preview");
    // Our key was deleted behind our back, and a colleague's new key got its id.
    vendor.keys = [];
    const { key } = vendor.issue({ name: "theirs", scopes: ["admin"] });
    key.id = "k1";
    rotate(2);
    const renewed = await stack.up("--skip-preview");
    expect((await stack.resource("ci")).outputs).toMatchObject({ keyId: "k3", previousKeyId: "k1" });
    await letPass(stack, 2 * dayMs);
    const ended = await stack.up("--skip-preview");
    expect(renewed.output + ended.output).toMatch(sees("rotate.reused-id"));
    expect(vendor.ids).toEqual(["k1", "k3"]);
    await stack.destroy("--skip-preview");
    expect(vendor.ids).toEqual(["k1"]);
  });

  it(title("create.nameless"), async () => {
    at = await startPlainStack({ fields: { name: null } });
    const { vendor, stack } = at;
    // The request never arrives, and a colleague makes a key of the same shape meanwhile.
    vendor.onCreate = () => {
      vendor.onCreate = () => true;
      vendor.issue({ scopes: ["read"] });
      return false;
    };
    const { exitCode, output } = await stack.pulumi(["up", "--yes", "--skip-preview"], {
      allowFailure: true,
    });
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(sees("create.nameless"));
    expect(vendor.ids).toEqual(["k1"]);
    await stack.up("--skip-preview");
    expect(await stack.outputs({ showSecrets: true })).toEqual({ keyId: "k2", value: "pk2_canary" });
    await stack.destroy("--skip-preview");
    expect(vendor.ids).toEqual(["k1"]);
  });
});
