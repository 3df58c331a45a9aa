import type { FaultAction } from "../../sandbox";
import { closeAll } from "../support/http/loopback";
import { HttpWorld } from "../support/lifecycle/httpWorld";
import { failure, ModelEngine } from "../support/lifecycle/modelEngine";
import { credentials } from "../support/lifecycle/pagedReader";
import { contractCases } from "../support/vendor/contractCases";
import { dialect } from "../support/vendor/dialects";
import { PagedVendor, pagedService } from "../support/vendor/pagedVendor";
import { NOW, useSandbox } from "../support/vendor/sandbox";
import { Bench, keyApi, page } from "./bench";
import { sees, title } from "./matrix";

const { sandbox, send } = useSandbox();
const always = Number.POSITIVE_INFINITY;

const pages: [string, FaultAction][] = [
  ["a login page", { kind: "respond", status: 200, body: page }],
  ["an empty body", { kind: "respond", status: 200, body: "" }],
  ["another API's JSON", { kind: "respond", status: 200, body: { results: [], next: null } }],
  ["an answer cut short", { kind: "truncateAfterCommit" }],
];

describe.each(contractCases)("refresh at $title:", (row) => {
  async function made() {
    const bench = new Bench(row, sandbox(), send);
    await bench.up();
    return bench;
  }
  const onAll = (action: FaultAction) => sandbox().inject({ path: keyApi, action, times: always });

  it.each([401, 403, 404, 408, 429, 500, 502, 503])(`${title("refresh.proxy")}: %d`, async (status) => {
    const bench = await made();
    onAll({ kind: "respond", status, body: page });
    await bench.expectUnchanged(() => bench.engine.refresh(), sees("refresh.proxy"));
    sandbox().clearFaults();
    expect(await bench.engine.refresh()).toBe("same");
  });

  it.each(pages)(`${title("refresh.page")}: %s`, async (_, action) => {
    const bench = await made();
    onAll(action);
    await bench.expectUnchanged(() => bench.engine.refresh(), sees("refresh.page"));
  });

  it(title("refresh.origin"), async () => {
    const bench = await made();
    const elsewhere = new HttpWorld(row, "http://127.0.0.1:9", () => NOW);
    const moved = new ModelEngine(elsewhere);
    moved.state = bench.engine.state;
    const { message } = await failure(moved.refresh());
    expect(message).toMatch(sees("refresh.origin"));
    expect(moved.state).toEqual(bench.engine.state);
  });

  it(title("refresh.young"), async () => {
    const bench = new Bench(row, sandbox(), send, { listLagSeconds: 10 });
    await bench.up();
    const unseen: FaultAction = bench.singleton
      ? { kind: "respond", status: 404 }
      : { kind: "respond", status: 200, body: [] };
    sandbox().inject({ method: "GET", path: /api-keys?$/, action: unseen, times: 1 });
    expect(await bench.seen(() => bench.engine.refresh())).toMatch(sees("refresh.young"));
    await bench.expectOne();
  });

  it(title("refresh.revoked"), async () => {
    const bench = await made();
    sandbox().revokeOutOfBand(bench.vendor, String(bench.engine.outputs.keyId));
    expect(await bench.seen(() => bench.engine.refresh())).toMatch(sees("refresh.revoked"));
    expect(bench.engine.state).toBeUndefined();
    await bench.up();
    await bench.expectOne();
  });
});

const xentree = contractCases[0];
if (!xentree) throw new Error("There are no contract cases.");

it(title("refresh.ended"), async () => {
  const bench = new Bench(xentree, sandbox(), send);
  await bench.up();
  sandbox().deactivateOutOfBand("xentree", String(bench.engine.outputs.keyId));
  expect(await bench.seen(() => bench.engine.refresh())).toMatch(sees("refresh.ended"));
  expect(bench.engine.outputs.status).toBe("revoked");
  expect(await bench.up()).toBe("replace");
  await bench.expectOne();
});

it(title("refresh.tenant"), async () => {
  const bench = new Bench(xentree, sandbox(), send);
  await bench.up();
  const token = sandbox().credentials.xentree.otherTenantToken;
  const theirs = bench.as({ token });
  await theirs.expectUnchanged(() => theirs.engine.refresh(), sees("refresh.tenant"));
});

describe("a list that comes in pages:", () => {
  afterEach(closeAll);

  async function begin() {
    const shown = dialect("by page, until one that is short");
    const server = await PagedVendor.start(shown, 18);
    const definition = pagedService(shown.pagination);
    const engine = new ModelEngine(
      new HttpWorld({ definition, credentials }, server.url, () => NOW, { listLagSeconds: 0 }),
    );
    await engine.up();
    return { server, engine, before: engine.state };
  }

  it(title("refresh.missing-page"), async () => {
    const { server, engine, before } = await begin();
    server.faults.set(4, (response) => response.writeHead(500).end(page));
    expect((await failure(engine.refresh())).message).toMatch(sees("refresh.missing-page"));
    expect(engine.state).toEqual(before);
  });

  it(title("refresh.endless"), async () => {
    const { server, engine, before } = await begin();
    const first = server.keys.slice(0, 3);
    server.slice = () => first;
    expect((await failure(engine.refresh())).message).toMatch(sees("refresh.endless"));
    expect(engine.state).toEqual(before);
  });
});
