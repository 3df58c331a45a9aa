import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Child, processesWith, root } from "../support/process/child";

/** What the tour has to have checked, in its order. */
const CLAIMS = [
  "three keys, and the stack that holds them, would be created",
  "no vendor has heard of it",
  "one POST per key, no more",
  "every vendor has one live key",
  "the state on disk holds the values encrypted only",
  "every value is shown as [secret]",
  "with --show-secrets, they are what the vendors showed once (compared unseen)",
  "the vendors let the keys in: Xentree 200, Applications API 200, SendKit 200",
  "there was nothing to do",
  "not one request was sent to a vendor",
  "Xentree: the new key was made before the old one was revoked",
  "Applications API: the new key was made before the old one was revoked",
  "the old keys are refused: Xentree 401, Applications API 401, SendKit 401",
  "the new keys are let in: Xentree 200, Applications API 200, SendKit 200",
  "every vendor has one live key",
  "the keys are refused: Xentree 401, Applications API 401, SendKit 401",
  "refresh found that one is disabled and two are gone",
  "the next up made new keys, which are let in: Xentree 200, Applications API 200, SendKit 200",
  "every vendor has one live key",
  "the keys are refused: Xentree 401, Applications API 401, SendKit 401",
  "no vendor has a live key left",
];

/** More of a key than the prefix that vendors go on showing. */
const VALUE = /xntr-[\w-]{12,}|app_live_[\w-]{4,}|sk_ws_[\w-]{7,}/;

const isLinux = process.platform === "linux";

let temporary: string;
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), "start test-"));
});
afterEach(() => rm(temporary, { recursive: true, force: true }));

const start = (env: NodeJS.ProcessEnv = {}) =>
  new Child("scripts/start/main.mts", [], {
    ...process.env,
    TMPDIR: temporary,
    ...env,
  });

async function expectNothingLeft(): Promise<void> {
  expect(await readdir(temporary)).toEqual([]);
  expect(await processesWith(join(temporary, "pulumi-apikeys-start-"))).toEqual([]);
}

describe("npm start", () => {
  it("takes the whole tour, shows no value and leaves nothing, whatever the user's own settings are", async () => {
    const settingsInCheckout = async () =>
      (await readdir(root)).filter((name) => /^Pulumi\..+\.yaml$/.test(name));
    const before = await settingsInCheckout();
    const tour = start({
      PULUMI_STACK: "mine",
      PULUMI_BACKEND_URL: "file:///nowhere",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/nowhere",
      APIKEYS_XENTREE_BASE_URL: "http://127.0.0.1:1",
      APIKEYS_SENDKIT_API_KEY: "sk_user_mine",
    });
    const code = await tour.exit;
    expect(tour.stderr).toBe("");
    expect(tour.stdout.match(/(?<=✓ ).*/g)).toEqual(CLAIMS);
    expect(tour.stdout).toContain(`All ${CLAIMS.length} checks held`);
    expect(tour.stdout).not.toMatch(VALUE);
    expect(code).toBe(0);
    await expectNothingLeft();
    expect(await settingsInCheckout()).toEqual(before);
  });

  it("stops in the middle of an operation on Ctrl-C, and leaves nothing", async () => {
    const tour = start();
    await tour.says("$ pulumi preview\n");
    // Until the CLI has started its plugins, there is nothing that could be left.
    while ((await processesWith(join(temporary, "pulumi-apikeys-start-"))).length < 3 && isLinux)
      await pause();
    tour.kill("SIGINT");
    expect(await tour.exit).toBe(130);
    expect(tour.stdout).toMatch(/Interrupted\. .*\n$/);
    await expectNothingLeft();
  });

  it("says how to get an engine when none can be had", async () => {
    const tour = start({ PATH: temporary, PULUMI_APIKEYS_ENGINE: "path" });
    expect(await tour.exit).toBe(1);
    expect(tour.stderr).toContain("No Pulumi engine could be had");
    expect(tour.stdout).not.toContain("✓");
    await expectNothingLeft();
  });
});

describe("a tour that does not show what it claims", () => {
  let bin: string;
  const engine = process.env.PULUMI_APIKEYS_ENGINE_BIN ?? "";
  beforeEach(async () => {
    bin = await mkdtemp(join(tmpdir(), "start bin-"));
  });
  afterEach(() => rm(bin, { recursive: true, force: true }));

  /** A preview that says what the first step waits for. */
  const previewed = "preview) echo '    + 4 to create'; exit 0;;";

  /** A CLI that is the real one but for what a shell's `case` says. */
  async function startWith(cases: string): Promise<Child> {
    const real = join(engine, "pulumi");
    const text = `#!/bin/sh\nreal='${real}'\ncase $1 in\n${cases}\nesac\nexec "$real" "$@"\n`;
    await writeFile(join(bin, "pulumi"), text, { mode: 0o755 });
    const path = [bin, engine, process.env.PATH].join(delimiter);
    return start({ PATH: path, PULUMI_APIKEYS_ENGINE: "path" });
  }

  it("fails where a command fails, with all that the command said", async () => {
    const tour = await startWith("preview) echo 'error: on fire' >&2; exit 3;;");
    expect(await tour.exit).toBe(1);
    expect(tour.stderr).toBe(
      '\n✗ Step 1, "Preview: what would happen", failed: `pulumi preview` ended with exit code 3.\n\n' +
        "All that the last command said:\n    error: on fire\n",
    );
    await expectNothingLeft();
  });

  it("fails where a command succeeds but does nothing", async () => {
    const tour = await startWith(`${previewed}\nup) echo 'Resources:'; echo '    + 4 created'; exit 0;;`);
    expect(await tour.exit).toBe(1);
    expect(tour.stderr).toContain(
      '✗ Step 2, "Up: a key at every vendor", failed: there were 0 POSTs instead of three.',
    );
    await expectNothingLeft();
  });

  it("fails where a command shows a value, and does not repeat it", async () => {
    const tour = await startWith(
      `${previewed}\nup) "$real" "$@"; exec "$real" stack output --json --show-secrets --non-interactive;;`,
    );
    expect(await tour.exit).toBe(1);
    expect(tour.stderr).toContain("`pulumi up --yes --skip-preview` showed the value of a key.");
    expect(tour.stderr).toContain(`"ciKey": "(a key's value)"`);
    expect(tour.stdout + tour.stderr).not.toMatch(VALUE);
    await expectNothingLeft();
  });
});

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
