import { recover } from "../support/engine/interruption";
import { type PlainStack, startPlainStack } from "../support/engine/plainStack";
import { closeAll } from "../support/http/loopback";
import { sees, title } from "./matrix";

describe("pages that nobody declared, on the real engine:", () => {
  let at: PlainStack;
  beforeEach(async () => {
    at = await startPlainStack();
  });
  afterEach(async () => {
    await at.stack.remove();
    await closeAll();
  });

  /** What the CLI prints of an operation that fails. */
  async function failing(...args: string[]): Promise<string> {
    const { exitCode, output } = await at.stack.pulumi([...args, "--yes", "--skip-preview"], {
      allowFailure: true,
    });
    expect(exitCode).not.toBe(0);
    return output;
  }

  /** What the state says of the key; a secret is encrypted anew each time. */
  async function known() {
    const { id, inputs, outputs } = await at.stack.resource("ci", { showSecrets: true });
    return { id, inputs, outputs };
  }

  it(title("refresh.undeclared"), async () => {
    const { vendor, stack } = at;
    vendor.issue({ name: "theirs" });
    vendor.showsOnePage = true;
    await stack.up("--skip-preview");
    const before = await known();
    expect(before.outputs.keyId).toBe("k2");

    expect(await failing("refresh")).toMatch(sees("refresh.undeclared"));
    expect(await known()).toEqual(before);
    expect(await failing("up", "--refresh")).toMatch(sees("refresh.undeclared"));
    expect((await stack.up("--skip-preview")).output).toMatch(/2 unchanged/);
    expect(await known()).toEqual(before);
    expect(vendor.ids).toEqual(["k1", "k2"]);

    vendor.showsOnePage = false;
    await stack.refresh("--skip-preview", "--expect-no-changes");
    vendor.showsOnePage = true;
    await stack.destroy("--skip-preview");
    expect(vendor.ids).toEqual(["k1"]);
  });

  it(`${title("create.undeclared")}: the note stays until a list shows all`, async () => {
    const { vendor, stack } = at;
    vendor.issue({ name: "theirs" });
    vendor.showsOnePage = true;
    vendor.onCreated = () => false;
    expect(await failing("up")).toMatch(sees("create.undeclared"));
    expect(vendor.ids).toEqual(["k1", "k2"]);

    expect((await stack.preview()).output).toContain("cut short while it created API key");
    expect(await recover(at, "--yes")).toMatch(sees("create.undeclared"));
    expect(vendor.ids).toEqual(["k1", "k2"]);

    vendor.showsOnePage = false;
    expect(await recover(at, "--yes")).toContain("k2 is revoked.");
    vendor.onCreated = () => true;
    await stack.up("--skip-preview");
    expect(vendor.ids).toEqual(["k1", "k3"]);
    expect(await recover(at, "--yes")).toContain("Nothing to recover");
  });

  it(`${title("create.undeclared")}: the mark of a first attempt stays until a list shows all`, async () => {
    const { vendor, stack } = at;
    vendor.onCreate = () => {
      vendor.onCreate = () => true;
      return false;
    };
    await stack.up("--skip-preview");
    const { unsettledSince } = (await stack.resource("ci")).outputs;
    expect(unsettledSince).toEqual(expect.any(String));

    // The first attempt's key appears late, on page two.
    const [ours] = vendor.keys;
    vendor.issue({ name: String(ours?.name), scopes: ["read"] });
    vendor.showsOnePage = true;
    for (const operation of ["up", "up"]) {
      expect(await failing(operation)).toMatch(sees("create.undeclared"));
      expect((await stack.resource("ci")).outputs).toMatchObject({ keyId: "k1", unsettledSince });
    }
    expect(vendor.ids).toEqual(["k1", "k2"]);

    vendor.showsOnePage = false;
    expect((await stack.up("--skip-preview")).output).toContain(
      "left from a create whose answer was lost, was revoked",
    );
    expect((await stack.resource("ci")).outputs).not.toHaveProperty("unsettledSince");
    expect(vendor.ids).toEqual(["k1"]);
  });
});
