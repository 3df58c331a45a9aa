// Our provider, called as the engine calls it but without an engine: this measures our share of the time.
import { createRequire } from "node:module";
import type * as Provider from "../../../dist/provider/index.js";
import { forEachAtOnce, serve } from "./serve.mts";

type Bag = Record<string, unknown>;
interface Held {
  id: string;
  inputs: Bag;
  outputs: Bag;
}

const provider = createRequire(import.meta.url)("../../../dist/provider/index.js") as typeof Provider;
/** How the engine marks a secret; it hands in plain values. */
const secretMark = "4dabf18193072939515e22adb298388d";

await serve(async ({ keys, vendor, concurrency }) => {
  process.env.APIKEYS_XENTREE_BASE_URL = vendor.url;
  process.env.APIKEYS_XENTREE_TOKEN = vendor.token;
  let held: Held[] = [];

  /** Each operation of the engine has a provider process of its own. */
  const begin = () => provider.configure({ config: { get: () => undefined } } as never);
  const check = async (olds: Bag, generation: string, index: number) =>
    (await provider.check(olds, asked(index, generation, vendor.organizationId))).inputs as Bag;
  const create = async (generation: string) => {
    const made: Held[] = Array(keys);
    await forEachAtOnce(Array.from({ length: keys }), concurrency, async (_, index) => {
      const inputs = await check({}, generation, index);
      const { id, outs } = await provider.create(inputs);
      made[index] = { id, inputs, outputs: plain(outs as Bag) };
    });
    return made;
  };
  const revoke = (old: readonly Held[]) =>
    forEachAtOnce(old, concurrency, ({ id, outputs }) => provider.delete(id, outputs));
  const compare = (generation: string) =>
    forEachAtOnce(held, concurrency, async ({ id, inputs, outputs }, index) => {
      await provider.diff(id, outputs, await check(inputs, generation, index));
    });

  return {
    up: async () => {
      await begin();
      held = await create("1");
    },
    unchanged: async () => {
      await begin();
      await compare("1");
    },
    refresh: async () => {
      for (const _ of ["preview", "refresh"]) {
        await begin();
        await forEachAtOnce(held, concurrency, async (key) => {
          await provider.read(key.id, key.outputs);
        });
      }
    },
    rotate: async () => {
      await begin();
      await compare("2");
      const old = held;
      held = await create("2");
      await revoke(old);
    },
    destroy: async () => {
      await begin();
      await revoke(held);
    },
  };
});

function asked(index: number, generation: string, organizationId: string): Bag {
  return {
    service: "xentree",
    connection: "xentree",
    logicalName: `pipeline-${index}`,
    permissions: ["conversations:read", "knowledge:search", "organizations:read"],
    rateLimitPerMinute: 120,
    allowedIps: ["203.0.113.0/24"],
    organizationId,
    expiresIn: "90d",
    rotation: { triggers: { generation } },
  };
}

function plain(outputs: Bag): Bag {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => {
      const marked = typeof value === "object" && value !== null && secretMark in value;
      return [name, marked ? (value as Bag).value : value];
    }),
  );
}
