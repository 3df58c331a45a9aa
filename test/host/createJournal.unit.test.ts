import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import {
  cutShortNotice,
  fileJournal,
  journalFolder,
  notedCreates,
  strike,
} from "../../provider/host/createJournal";

const stack = "urn:pulumi:dev::project::pulumi:pulumi:Stack::project-dev";
const otherStack = "urn:pulumi:prod::project::pulumi:pulumi:Stack::project-prod";
const key = { service: "xentree", connection: "xentree", name: "ci-0a1b2c3", autonamed: true };
/** As another user's, or an engine's that is gone: no process has it any more. */
const deadPid = spawnSync(process.execPath, ["--version"]).pid;

let home = "";
let folder = "";
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-journal-"));
  folder = journalFolder({ PULUMI_HOME: home });
});
afterEach(() => rmSync(home, { recursive: true }));

const silent = () => {
  throw new Error("The journal was to be able.");
};
const journal = () => fileJournal(folder, async () => stack, silent);
const journalOfNoStack = () => fileJournal(folder, async () => undefined, silent);
const files = () => (existsSync(folder) ? readdirSync(folder) : []);
/** What a process that is gone has left. */
function leave(pid = deadPid, urn = stack, inputs: object = key): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "left.json");
  writeFileSync(file, JSON.stringify({ stack: urn, pid, inputs }));
  return file;
}

describe("the journal's notes of creates", () => {
  it("are in Pulumi's home, beside what else it keeps for this user", () => {
    expect(folder).toBe(path.join(home, "apikeys", "creating"));
    const own = path.join(homedir(), ".pulumi", "apikeys", "creating");
    expect([journalFolder({}), journalFolder({ PULUMI_HOME: "" })]).toEqual([own, own]);
  });

  it("hold which stack a create belongs to and what finds its key, once it has begun", async () => {
    await journal().begin(key);
    expect(notedCreates(folder)).toEqual([
      { file: path.join(folder, files()[0] ?? ""), stack, pid: process.pid, inputs: key },
    ]);
  });

  (process.platform === "win32" ? it.skip : it)("are for their own user's eyes alone", async () => {
    const umask = process.umask(0);
    try {
      await journal().begin(key);
    } finally {
      process.umask(umask);
    }
    const mode = (file: string) => statSync(file).mode & 0o777;
    expect(mode(folder)).toBe(0o700);
    expect(mode(path.join(folder, files()[0] ?? ""))).toBe(0o600);
  });

  it("are one file each, so that parallel creates do not conflict", async () => {
    const notes = await Promise.all([journal().begin(key), journal().begin({ ...key, name: "other" })]);
    expect(files()).toHaveLength(2);
    notes[0].end("made");
    await turn();
    await turn();
    expect(notedCreates(folder).map(({ inputs }) => inputs.name)).toEqual(["other"]);
  });

  it("are removed only after the response was handed on: a kill in between would leave no trace of the key", async () => {
    const note = await journal().begin(key);
    note.end("made");
    expect(files()).toHaveLength(1);
    await turn();
    expect(files()).toHaveLength(1);
    await turn();
    await turn();
    expect(files()).toEqual([]);
  });

  it("are removed at once when no key was created: the engine may end this process before its next turn", async () => {
    (await journal().begin(key)).end("nothing");
    expect(files()).toEqual([]);
  });

  it("are not written when the stack is unknown: recover could not tell whose they are", async () => {
    (await journalOfNoStack().begin(key)).end("made");
    expect(files()).toEqual([]);
  });

  it("are read without what is half written or not ours", () => {
    const file = leave();
    writeFileSync(path.join(folder, "half.json"), '{"stack":"urn');
    writeFileSync(path.join(folder, "other.json"), "[]");
    copyFileSync(file, `${file}~`);
    expect(notedCreates(folder).map((note) => note.file)).toEqual([file]);
  });

  it("are empty when there is no folder", () => {
    expect(notedCreates(path.join(home, "nowhere"))).toEqual([]);
  });

  it("can be removed twice", () => {
    const file = leave();
    strike(file);
    strike(file);
    expect(files()).toEqual([]);
  });

  it("that cannot be written are reported once, and do not stop a create", async () => {
    writeFileSync(path.join(home, "apikeys"), "a file where the folder should be");
    const reasons: string[] = [];
    const unable = fileJournal(
      folder,
      async () => stack,
      (reason) => reasons.push(reason),
    );
    (await unable.begin(key)).end("made");
    (await unable.begin(key)).end("made");
    expect(reasons).toEqual([expect.stringMatching(/EEXIST|ENOTDIR/)]);
  });
});

describe("a create that an earlier operation left unfinished", () => {
  it("is reported by its name, once an operation", async () => {
    leave();
    const process = journal();
    expect(await process.unfinished()).toEqual([key.name]);
    expect(await process.unfinished()).toEqual([]);
    expect(await journal().unfinished()).toEqual([key.name]);
  });

  it("is reported also when its key has no name", async () => {
    leave(deadPid, stack, { service: "acme" });
    expect(await journal().unfinished()).toEqual([undefined]);
  });

  it("is said to be found and revoked by recover only where it has a name", () => {
    expect(cutShortNotice("ci")).toMatch(/API key "ci", .* which finds and revokes it\.$/);
    expect(cutShortNotice(undefined)).toMatch(
      /an API key without a name, .* which tells where to look for it: only you/,
    );
    expect(cutShortNotice(undefined)).not.toContain("revokes");
  });

  it("does not count while its process lives, this one or another user's", async () => {
    await journal().begin(key);
    leave(1);
    expect(await journal().unfinished()).toEqual([]);
  });

  it("does not count in another stack, or when the stack is unknown", async () => {
    leave(deadPid, otherStack);
    expect(await journal().unfinished()).toEqual([]);
    expect(await journalOfNoStack().unfinished()).toEqual([]);
  });
});
