/**
 * Records a stack of each kind with a given build of the library. `../recorded/README.md` has the command. This is no
 * test; it runs under jest because the test stacks need jest's global setup.
 */
import { execFileSync } from "node:child_process";
import path from "node:path";
import { interrupt } from "../../support/engine/interruption";
import { TestStack } from "../../support/engine/stack";
import type { ExportedState } from "../../support/engine/stateFile";
import { holdingsOf, partOf, writeRecording } from "./files";
import { type DeclaredKey, kinds, pending, programOf, unsettled } from "./kinds";
import { type Holdings, RecordedVendors } from "./vendors";

/** A stack and its vendors at one time. */
interface Moment {
  readonly state: ExportedState;
  readonly vendors: Holdings;
}

it("records", async () => {
  const { APIKEYS_RECORD_BUILD: folder } = process.env;
  if (!folder) throw new Error("APIKEYS_RECORD_BUILD must name the folder of a built library.");
  const build = path.resolve(folder);
  const version = versionOf(build);
  const vendors = await RecordedVendors.start();
  const stack = await TestStack.create({ program: "", env: vendors.connections });
  try {
    stack.lendModules(path.join(build, "node_modules"));
    const { sandbox, origins } = vendors;
    const made = {
      xentree: sandbox.createOutOfBand("xentree", { name: "adopted" }),
      applications: sandbox.createOutOfBand("applications", { name: "adopted-with-value" }),
    };
    const keysAt = (version: number) => Object.values(kinds(made, version)).flat();
    const up = async (keys: readonly DeclaredKey[]) => {
      stack.setProgram(programOf(keys));
      await stack.up("--skip-preview");
    };
    await up(keysAt(1));
    await up(keysAt(2));

    // The create succeeds, its response is lost, and the list does not show the key yet.
    const place = { path: new RegExp(String(unsettled.args.applicationId)) };
    sandbox.inject({ ...place, method: "POST", action: { kind: "resetAfterCommit" } });
    sandbox.inject({ ...place, method: "GET", action: { kind: "respond", status: 200, body: [] } });
    await up([...keysAt(2), unsettled]);
    const settled = { state: await stack.exportState(), vendors: vendors.dump() };

    stack.setProgram(programOf([...keysAt(2), pending]));
    vendors.forget();
    sandbox.inject({ method: "POST", path: /admin/, action: { kind: "hangAfterCommit" } });
    const hasCommitted = () => sandbox.journal.count({ method: "POST", path: /admin/ }) > 0;
    await interrupt({ sandbox, stack }, "SIGKILL to the CLI", "up", hasCommitted);
    const cutShort = { state: await stack.exportState(), vendors: vendors.dump() };

    const record = (kind: string, program: readonly DeclaredKey[], { state, vendors }: Moment) => {
      const keyNames = program.map(({ name, args }) => String(args.name ?? name));
      const logicalNames = program.map(({ name }) => name);
      const part = { state: partOf(state, logicalNames), vendors: holdingsOf(vendors, keyNames) };
      writeRecording(version, kind, { program, ...part }, origins);
    };
    for (const [kind, program] of Object.entries(kinds(made, 2))) record(kind, program, settled);
    record("unsettled", [unsettled], settled);
    record("pending-create", [pending], cutShort);
  } finally {
    await stack.remove();
    await vendors.close();
  }
});

/** The version that the build's package names, and the commit that it was built from. */
function versionOf(build: string): string {
  const { version } = require(path.join(build, "package.json"));
  const commit = execFileSync("git", ["-C", build, "rev-parse", "--short", "HEAD"], { encoding: "utf8" });
  return `${version}-${commit.trim()}`;
}
