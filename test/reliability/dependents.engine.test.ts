import { until } from "../support/engine/interruption";
import { type PlainStack, startPlainStack } from "../support/engine/plainStack";
import { letPass } from "../support/engine/timeTravel";
import { closeAll, serve } from "../support/http/loopback";
import { sees, title } from "./matrix";

const dayMs = 86_400_000;

/** A resource that puts the key's value into a store whenever it is made or updated. */
const resourceOf = (storeUrl: string) => `
  const put = async ({ value }) => {
    const { ok } = await fetch("${storeUrl}", { method: "PUT", body: value });
    if (!ok) throw new Error("the store is down");
    return { value };
  };
  class Stored extends pulumi.dynamic.Resource {
    constructor(name, args) {
      super({
        create: async (inputs) => ({ id: name, outs: await put(inputs) }),
        update: async (_, __, inputs) => ({ outs: await put(inputs) }),
      }, name, args);
    }
  }
  new Stored("stored", { value });`;

describe("a store that is down while the key in it is renewed, on the real engine:", () => {
  const store = { isDown: false, value: "" };
  let at: PlainStack;
  beforeEach(async () => {
    store.isDown = false;
    const { url } = await serve((response, { body }) => {
      if (store.isDown) return response.writeHead(503).end();
      store.value = body;
      return response.writeHead(204).end();
    });
    at = await startPlainStack({}, resourceOf(url));
  });
  afterEach(async () => {
    await at.stack.remove();
    await closeAll();
  });

  /** What an `up` prints that fails at the store; `soFar` is told of each part as it comes. */
  async function failingUp(soFar: (output: string) => void = () => {}): Promise<string> {
    const child = at.stack.spawn(["up", "--yes", "--skip-preview"]);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk) => {
        output += chunk;
        soFar(output);
      });
    }
    const exitCode = await new Promise((resolve) => child.on("close", resolve));
    expect(exitCode).not.toBe(0);
    expect(output).toContain("the store is down");
    return output;
  }

  const values = async () => {
    const { outputs } = await at.stack.resource("ci", { showSecrets: true });
    return { now: plaintext(outputs.value), previous: plaintext(outputs.previousValue) };
  };

  /** A renewal that the store does not hear of. */
  async function renewUnheard(): Promise<void> {
    await at.stack.up("--skip-preview");
    at.rotate(2);
    store.isDown = true;
    expect(await failingUp()).not.toMatch(sees("rotate.dependent"));
  }

  it(title("rotate.dependent"), async () => {
    const { vendor, stack } = at;
    await renewUnheard();
    const { now, previous } = await values();
    expect(store.value).toBe(previous);
    const bothWork = () => [now, previous].every((value) => vendor.accepts(value));
    expect(bothWork()).toBe(true);
    expect(await failingUp()).not.toMatch(sees("rotate.dependent"));
    expect(await values()).toEqual({ now, previous });
    expect(bothWork()).toBe(true);

    await letPass(stack, 2 * dayMs);
    expect((await stack.preview()).output).toMatch(sees("rotate.dependent"));
    expect(bothWork()).toBe(true);

    let shown = "";
    // The vendor does not revoke the key before the note is there to be read.
    vendor.onRevoke = () =>
      until(
        () => sees("rotate.dependent").test(shown),
        () => shown,
      );
    await failingUp((output) => {
      shown = output;
    });
    expect(vendor.ids).toEqual(["k2"]);
    expect(store.value).toBe(previous);

    store.isDown = false;
    await stack.up("--skip-preview");
    expect(store.value).toBe(now);
    expect(vendor.accepts(now)).toBe(true);
  });

  it("has a value that works at any time where it is updated first, as the note says", async () => {
    const { vendor, stack } = at;
    await renewUnheard();
    await letPass(stack, 2 * dayMs);
    store.isDown = false;
    const { urn } = await stack.resource("stored");
    await stack.up("--skip-preview", "--target", urn);
    const { now } = await values();
    expect(store.value).toBe(now);
    expect(vendor.ids).toEqual(["k1", "k2"]);
    await stack.up("--skip-preview");
    expect(vendor.ids).toEqual(["k2"]);
    expect(vendor.accepts(store.value)).toBe(true);
  });
});

function plaintext(secret: unknown): unknown {
  const text = (secret as { readonly plaintext?: string } | undefined)?.plaintext;
  return text === undefined ? undefined : JSON.parse(text);
}
