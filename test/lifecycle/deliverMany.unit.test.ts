import { hostedProvider } from "../support/lifecycle/hostedProvider";
import { program } from "../support/lifecycle/modelEngine";
import { ModelWorld } from "../support/lifecycle/world";
import { Engine } from "../support/modelledEngine";
import { lifeline } from "../support/modelledEngine/provider";
import { xentree } from "../support/vendor/definitions";

describe("200 keys that are delivered to one store", () => {
  const world = new ModelWorld(xentree);
  const engine = new Engine(() => ({
    provider: hostedProvider(world, () => {}),
    death: lifeline().death,
  }));
  const names = Array.from({ length: 200 }, (_, index) => `key-${index}`);
  const up = () =>
    engine.up(
      Object.fromEntries(
        names.map((name) => [
          name,
          {
            ...program(xentree, {
              deliver: [{ store: "vault", path: `kv/${name}`, field: "token" }],
              valueInState: false,
            }),
            logicalName: name,
          },
        ]),
      ),
    );

  it("are one write each, and an unchanged program sends nothing", async () => {
    expect((await up()).ending).toBe("succeeded");
    const { log, places } = world.stores;
    expect(log.filter((step) => step.startsWith("write"))).toHaveLength(200);
    expect(places.size).toBe(200);
    log.length = 0;
    world.server.calls.length = 0;
    expect((await up()).steps.every(({ does }) => does === "same")).toBe(true);
    expect([log, world.server.calls]).toEqual([[], []]);
  });
});
