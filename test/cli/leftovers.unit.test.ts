import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CommandError } from "../../cli/command";
import {
  foreignOperations,
  keysIn,
  leftAtVendor,
  logicalName,
  pendingKeys,
  strikeNotes,
  unfinishedCreates,
} from "../../cli/leftovers";
import type { PendingOperation, State } from "../../cli/state";
import { ApiKeysError } from "../../provider/base/errors";
import { ModelWorld } from "../support/lifecycle/world";
import { acme } from "../support/vendor/definitions";

const root = "urn:pulumi:dev::project::pulumi:pulumi:Stack::project-dev";
const type = "pulumi-nodejs:dynamic/apikeys:ApiKey";
const urnOf = (name: string) => `urn:pulumi:dev::project::${type}::${name}`;
const inputs = {
  service: "applications",
  applicationId: "a",
  connection: "applications",
  name: "billing",
};

function pending(operation: string, name: string, more: object = {}): PendingOperation {
  return { type: operation, resource: { urn: urnOf(name), type, inputs: { ...inputs, ...more } } };
}
const stateOf = (...operations: PendingOperation[]): State => ({ resources: [], pending: operations });

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-notes-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function note(file: string, more: object = {}, stack = root): void {
  const noted = { origin: "https://vendor.example", ...inputs, ...more };
  writeFileSync(path.join(folder, `${file}.json`), JSON.stringify({ stack, pid: 1, inputs: noted }));
}
/** What is unfinished, by what it is called, with its notes' names of file. */
function unfinished(state: State) {
  return unfinishedCreates(state, folder, root).map(({ what, notes }) => [
    what,
    notes.map(({ file }) => path.basename(file, ".json")),
  ]);
}

describe("interrupted creates", () => {
  it("are found in the engine's pending operations, in a note, or in both", () => {
    note("both", { name: "both" });
    note("noted", { name: "noted" });
    const state = stateOf(
      pending("creating", "in-both", { name: "both" }),
      pending("creating", "pending", { name: "pending" }),
    );
    expect(unfinished(state)).toEqual([
      ["in-both", ["both"]],
      ["pending", []],
      ["noted", ["noted"]],
    ]);
  });

  it("are not those in another stack's notes", () => {
    note("theirs", {}, root.replace("dev", "prod"));
    expect(unfinished(stateOf())).toEqual([]);
  });

  it.each([
    ["name", "other"],
    ["connection", "second"],
    ["service", "xentree"],
    ["applicationId", "b"],
    ["definition", acme()],
  ])("are two where the %s differs: each key has to be looked for", (name, value) => {
    note("other", { [name]: value });
    expect(unfinished(stateOf(pending("creating", "ci")))).toHaveLength(2);
  });

  it("are one when the pending operation and the note carry the same user-defined service", () => {
    note("same", { definition: acme() });
    const state = stateOf(pending("creating", "ci", { definition: acme(), permissions: ["read"] }));
    expect(unfinished(state)).toEqual([["ci", ["same"]]]);
  });

  it("are found by what the engine noted, and by the note where there is no more", () => {
    note("noted", { name: "noted" });
    const found = unfinishedCreates(stateOf(pending("creating", "ci", { adopt: "1" })), folder, root);
    expect(found.map((create) => create.inputs)).toMatchObject([{ adopt: "1" }, { name: "noted" }]);
  });

  it("are described also when the key has no name", () => {
    note("nameless", { name: undefined });
    expect(unfinished(stateOf())).toEqual([["a key without a name", ["nameless"]]]);
  });

  it("lose their notes, and no others, when they are cleared", () => {
    note("theirs", {}, root.replace("dev", "prod"));
    note("both");
    note("noted", { name: "noted" });
    strikeNotes(unfinishedCreates(stateOf(pending("creating", "ci")), folder, root));
    expect(readdirSync(folder)).toEqual(["theirs.json"]);
  });
});

describe("the other operations that are pending", () => {
  const foreign = {
    type: "creating",
    resource: { urn: "urn:pulumi:dev::p::x:y:Bucket::b", type: "x:y:Bucket" },
  };
  const state = stateOf(
    pending("creating", "a"),
    pending("updating", "b"),
    pending("deleting", "c"),
    foreign,
  );

  it("are keys that were updated or deleted, to be looked at", () => {
    expect(pendingKeys(state).map(({ resource }) => logicalName(resource.urn))).toEqual(["b", "c"]);
  });

  it("may belong to other resources, of which we know nothing", () => {
    expect(foreignOperations(state)).toEqual([foreign]);
    expect(unfinished(state).map(([what]) => what)).toEqual(["a"]);
  });
});

it("a state tracks the keys by the ids that the vendors know, of whatever has one", () => {
  const resources = [
    { urn: root, type: "pulumi:pulumi:Stack" },
    { urn: urnOf("a"), type, outputs: { keyId: "key-2" } },
    { urn: urnOf("b"), type, outputs: { keyId: 3 } },
  ];
  expect(keysIn({ resources, pending: [] })).toEqual([{ keyId: "key-2", recorded: undefined }]);
});

describe("a search for what was left", () => {
  const create = {
    what: "ci",
    inputs: { service: "acme", definition: acme(), connection: "acme", name: "ci" },
    notes: [],
  };

  it("that fails says for which create, and that nothing was done", async () => {
    const world = new ModelWorld();
    world.server.failing.list = new ApiKeysError("HTTP_PROBLEM", "HTTP 503.");
    await expect(leftAtVendor(world, create, [])).rejects.toThrow(
      new CommandError("ci: HTTP 503. Nothing was revoked or cleared."),
    );
  });

  it("passes on an unexpected error unchanged", async () => {
    const world = new ModelWorld();
    world.server.list = () => Promise.reject(new RangeError("a mistake"));
    await expect(leftAtVendor(world, create, [])).rejects.toThrow(RangeError);
  });
});
