import type { FaultAction } from "../../sandbox";
import { failure } from "../support/lifecycle/modelEngine";
import { useStandIn } from "../support/lifecycle/useStandIn";
import { catalogCases } from "../support/openapi/catalogCases";
import { serviceCases } from "../support/vendor/serviceCases";

const page = "<!doctype html><title>Log in</title>";

describe.each([...serviceCases, ...catalogCases])("a key of $service", (row) => {
  const { standIn, engine: begin, methods } = useStandIn(row);
  const { creating = ["POST"], refreshing = ["GET"], revoking = ["DELETE"] } = row;
  const { name: _, ...inputs } = row.inputs;
  const args = (version = 1) => ({ ...row.pathParameters, ...inputs, rotation: { triggers: { version } } });
  const values = () =>
    standIn()
      .api.live()
      .map(({ value }) => value);

  it("is created, left alone, looked at, rotated and revoked, each by as few requests as it takes", async () => {
    const engine = begin();
    expect(await engine.up(args())).toBe("create");
    expect(methods()).toEqual(creating);
    expect(values()).toEqual([engine.outputs.value]);

    standIn().forget();
    expect(await engine.up(args())).toBe("same");
    expect(methods()).toEqual([]);
    expect(await engine.refresh()).toBe("same");
    expect(methods()).toEqual(refreshing);

    standIn().forget();
    const { value } = engine.outputs;
    expect(await engine.up(args(2))).toBe(row.renewing ? "update" : "replace");
    expect(methods()).toEqual(row.renewing ?? [...creating, ...revoking]);
    expect(engine.outputs.value).not.toBe(value);
    expect(values()).toEqual([engine.outputs.value]);

    standIn().forget();
    expect(await engine.destroy()).toBeUndefined();
    expect(methods()).toEqual(revoking);
    expect(values()).toEqual([]);
  });

  it("shows what somebody changed at the vendor, and gets it back by up", async () => {
    const engine = begin();
    // A name that the program leaves open may change as it likes.
    const named = { ...args(), ...("name" in row.drift.outputs && { name: row.inputs.name }) };
    await engine.up(named);
    // What a look tells before is how the vendor took what was asked.
    expect(await engine.refresh()).toBe("same");
    standIn().api.change(String(engine.outputs.keyId), row.drift.patch);
    expect(await engine.refresh()).toBe("changed");
    expect(engine.outputs).toMatchObject(row.drift.outputs);
    expect(await engine.up(named)).not.toBe("same");
    expect(await engine.refresh()).toBe("same");
    for (const [field, drifted] of Object.entries(row.drift.outputs)) {
      expect(engine.outputs[field]).not.toEqual(drifted);
    }
    expect(values()).toEqual([engine.outputs.value]);
  });

  it("that was revoked behind our back is found by refresh and made again by up", async () => {
    const engine = begin();
    await engine.up(args());
    standIn().api.revoke(String(engine.outputs.keyId));
    expect(await engine.refresh()).toBe(row.afterRevocation);
    await engine.up(args());
    expect(values()).toEqual([engine.outputs.value]);
  });

  it.each<[string, FaultAction]>([
    ["is lost with the connection", { kind: "resetAfterCommit" }],
    ["breaks off", { kind: "truncateAfterCommit" }],
    ["is a gateway's 502", { kind: "respondAfterCommit", status: 502, body: page }],
    ["is a login page under 200", { kind: "respondAfterCommit", status: 200, body: page }],
    ["is lost before anything was done", { kind: "reset" }],
  ])("whose answer to create %s is the only one in the end", async (_, action) => {
    const engine = begin();
    standIn().inject({ method: "POST", action });
    await engine.up(args());
    expect(values()).toEqual([engine.outputs.value]);
    expect(methods().filter((method) => method === "POST")).toHaveLength(2);
  });

  it.each([401, 403, 404, 429, 500, 503])("stays in state when a proxy answers %d", async (status) => {
    const engine = begin();
    await engine.up(args());
    const before = engine.known();
    standIn().inject({
      times: Number.POSITIVE_INFINITY,
      action: { kind: "respond", status, body: page },
    });
    await failure(engine.refresh());
    await failure(engine.destroy());
    expect(engine.known()).toEqual(before);
    expect(values()).toEqual([before.outputs.value]);
  });

  it("whose renewal is answered by nothing leaves no key that nobody knows", async () => {
    const engine = begin();
    await engine.up(args());
    standIn().inject({ method: "POST", action: { kind: "resetAfterCommit" } });
    await engine.up(args(2));
    expect(values()).toEqual([engine.outputs.value]);
  });

  const { change } = row;
  if (change) {
    it("is changed in place where the vendor can, and keeps its value", async () => {
      const engine = begin();
      await engine.up(args());
      const { keyId, value } = engine.outputs;
      standIn().forget();
      expect(await engine.up({ ...args(), ...change })).toBe("update");
      expect(methods()).toEqual(row.changing ?? ["PATCH"]);
      expect(engine.outputs).toMatchObject({ keyId, value, ...change });
      expect(await engine.refresh()).toBe("same");
    });
  }
});
