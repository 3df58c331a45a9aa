import type { Properties } from "../../provider/lifecycle";
import { engineUnknown } from "../../provider/unknown";
import type { FaultAction, VendorName } from "../../sandbox";
import { NOW, useSandbox } from "../sandbox/client";
import { failure, ModelEngine } from "../unit/support/modelEngine";
import { type ContractCase, contractCases } from "./support/cases";
import { HttpWorld } from "./support/httpWorld";

const { sandbox, send } = useSandbox();

function begin(row: ContractCase) {
  const name = row.definition.name as VendorName;
  const engine = new ModelEngine(new HttpWorld(row, sandbox().url, () => NOW));
  const up = (args: Properties = {}) => engine.up({ ...row.parents, ...args });
  const ping = async (value: unknown) =>
    (await send("GET", row.ping.path, row.ping.as(String(value)))).status;
  const live = () =>
    sandbox()
      .keys(name)
      .filter((key) => key.live);
  const requests = () =>
    sandbox()
      .journal.entries()
      .filter(({ path }) => path.includes("api-key"))
      .map(({ method }) => method);
  /** Nothing that the vendor holds is unknown to the state. */
  const expectNoOrphan = () => expect(live().map(({ id }) => id)).toEqual([engine.outputs.keyId]);
  return { name, engine, up, ping, live, requests, expectNoOrphan };
}

const withTrigger = (version: number) => ({ rotation: { triggers: { version } } });
/** The answer of a vendor that has created a key, and tells of it in its own way. */
function odd(patch: object): FaultAction {
  const told = { id: "1", key: "canary-value", key_value: "canary-value", ...patch };
  return { kind: "respondAfterCommit", status: 201, body: { ...told, data: told } };
}
const page = "<!doctype html><title>Log in</title>";

describe.each(contractCases)("a key of $title", (row) => {
  it("is created, used, left alone, rotated and revoked", async () => {
    const { engine, up, ping, live, requests, expectNoOrphan } = begin(row);
    await up(withTrigger(1));
    const { value } = engine.outputs;
    expect(await ping(value)).toBe(200);

    sandbox().journal.clear();
    expect(await up(withTrigger(1))).toBe("same");
    expect(sandbox().journal.entries()).toEqual([]);
    expect(await engine.refresh()).toBe("same");
    expect(requests()).toEqual(["GET"]);

    sandbox().journal.clear();
    expect(await up(withTrigger(2))).toBe("replace");
    const singleton = row.definition.kind === "singleton";
    expect(requests()).toEqual(singleton ? ["GET", "DELETE", "GET", "POST"] : ["POST", "DELETE"]);
    expect([await ping(value), await ping(engine.outputs.value)]).toEqual([401, 200]);
    expectNoOrphan();

    await engine.destroy();
    expect(live()).toEqual([]);
  });

  it("that was revoked behind our back is found by refresh and made again by up", async () => {
    const { name, engine, up, ping, expectNoOrphan } = begin(row);
    await up();
    sandbox().revokeOutOfBand(name, String(engine.outputs.keyId));
    expect(await engine.refresh()).toBe("gone");
    expect(await up()).toBe("create");
    expect(await ping(engine.outputs.value)).toBe(200);
    expectNoOrphan();
  });

  const losses: [string, FaultAction][] = [
    ["is lost with the connection", { kind: "resetAfterCommit" }],
    ["breaks off", { kind: "truncateAfterCommit" }],
    ["is a gateway's 502", { kind: "respondAfterCommit", status: 502, body: page }],
    ["is the vendor's 500", { kind: "respondAfterCommit", status: 500 }],
    ["is a login page under 200", { kind: "respondAfterCommit", status: 200, body: page }],
    ["lacks the value", { kind: "respondAfterCommit", status: 201, body: { id: "1", data: { id: "1" } } }],
    ["names an id that the engine would refuse", odd({ id: engineUnknown })],
    ["has a value that the engine would refuse", odd({ key: engineUnknown, key_value: engineUnknown })],
    ["gives the value out as the id", odd({ id: "canary-value" })],
    ["is lost before anything was done", { kind: "reset" }],
  ];

  it.each(losses)("whose answer to create %s is the only one in the end, and works", async (_, action) => {
    const { engine, up, ping, requests, expectNoOrphan } = begin(row);
    sandbox().inject({ method: "POST", path: /api-key/, action });
    await up();
    expect(await ping(engine.outputs.value)).toBe(200);
    expectNoOrphan();
    expect(requests().filter((method) => method === "POST")).toHaveLength(2);
  });

  it.each(losses)("whose answer to create %s, twice, leaves nothing behind", async (_, action) => {
    const { engine, up, live } = begin(row);
    sandbox().inject({ method: "POST", path: /api-key/, times: 2, action });
    await failure(up());
    expect(engine.state).toBeUndefined();
    expect(live()).toEqual([]);
  });

  it("that can neither be known nor looked for is told of by its exact name, and no second POST is sent", async () => {
    const { up, live, requests } = begin(row);
    sandbox().inject({ method: "POST", path: /api-key/, action: { kind: "resetAfterCommit" } });
    // A singleton's place is looked at before the POST as well.
    const skip = row.definition.kind === "singleton" ? 1 : 0;
    sandbox().inject({ method: "GET", path: /api-key/, skip, action: { kind: "respond", status: 403 } });
    const { code, message } = await failure(up());
    expect(code).toBe("ORPHAN_SUSPECTED");
    expect(message).toContain(`Look for a key named "${live()[0]?.name}"`);
    expect(requests().filter((method) => method === "POST")).toHaveLength(1);
  });

  it.each([401, 403, 404, 408, 429, 500, 502, 503])(
    "stays in state, value and all, when refresh meets a proxy's %d",
    async (status) => {
      const { engine, up, expectNoOrphan } = begin(row);
      await up();
      const before = engine.known();
      sandbox().inject({
        times: Number.POSITIVE_INFINITY,
        path: /api-key/,
        action: { kind: "respond", status, body: page },
      });
      await failure(engine.refresh());
      expect(engine.known()).toEqual(before);
      expectNoOrphan();
    },
  );

  it.each([200, 401, 403, 404, 500])("stays in state when destroy meets a proxy's %d", async (status) => {
    const { engine, up, expectNoOrphan } = begin(row);
    await up();
    sandbox().inject({
      times: Number.POSITIVE_INFINITY,
      path: /api-key/,
      action: { kind: "respond", status, body: page },
    });
    await failure(engine.destroy());
    expectNoOrphan();
    sandbox().clearFaults();
    await engine.destroy();
    expect(
      sandbox()
        .keys(row.definition.name as VendorName)
        .filter((key) => key.live),
    ).toEqual([]);
  });

  it("whose DELETE was done though its answer was lost is gone", async () => {
    const { engine, up, live } = begin(row);
    await up();
    sandbox().inject({ method: "DELETE", action: { kind: "resetAfterCommit" } });
    expect(await engine.destroy()).toBeUndefined();
    expect(live()).toEqual([]);
  });

  it("that exists already is taken over by its id, and rotated into one that we know", async () => {
    const { name, engine, up, ping, expectNoOrphan } = begin(row);
    const theirs = sandbox().createOutOfBand(name, {});
    const adopt = { adopt: theirs.id, adoptValue: theirs.value };
    await up({ ...adopt, ...withTrigger(1) });
    expect(engine.outputs).toMatchObject({ keyId: theirs.id, value: theirs.value, name: theirs.name });
    expect(await up({ ...adopt, ...withTrigger(1) })).toBe("same");
    expect(await up({ ...adopt, ...withTrigger(2) })).toBe("replace");
    expect([await ping(theirs.value), await ping(engine.outputs.value)]).toEqual([401, 200]);
    expectNoOrphan();
  });
});

describe("another tenant's credentials", () => {
  const row = contractCases.find(({ definition }) => definition.tenant);
  if (!row) throw new Error("No service has tenants.");

  it("neither drop a key from state nor let destroy succeed", async () => {
    const { engine, up, expectNoOrphan } = begin(row);
    await up();
    const { otherTenantToken: token } = sandbox().credentials.xentree;
    const theirs = new ModelEngine(
      new HttpWorld({ ...row, credentials: { token } }, sandbox().url, () => NOW),
    );
    theirs.state = engine.state;
    expect((await failure(theirs.refresh())).code).toBe("IDENTITY_MISMATCH");
    expect((await failure(theirs.destroy())).code).toBe("IDENTITY_MISMATCH");
    expect(theirs.state).toEqual(engine.state);
    expectNoOrphan();
  });
});

describe("a colleague's newer key at a singleton's place", () => {
  const row = contractCases.find(({ definition }) => definition.kind === "singleton");
  if (!row) throw new Error("No service has one key only.");

  it("is never revoked by destroy", async () => {
    const { name, engine, up, live } = begin(row);
    await up();
    const theirs = sandbox().createOutOfBand(name, { replace: true });
    expect(await engine.destroy()).toContain("was left alone");
    expect(live().map(({ id }) => id)).toEqual([theirs.id]);
  });

  it("is never revoked by create, which offers to take it over", async () => {
    const { name, up, live, requests } = begin(row);
    const theirs = sandbox().createOutOfBand(name, {});
    expect((await failure(up())).message).toContain(`set adopt: "${theirs.id}"`);
    expect(live().map(({ id }) => id)).toEqual([theirs.id]);
    expect(requests()).toEqual(["GET"]);
  });
});
