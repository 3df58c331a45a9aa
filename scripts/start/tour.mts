import type { VendorName } from "../../dist/sandbox/index.js";
import { liveKeys, TOUR_KEYS } from "./keys.mts";
import { check, say } from "./narrate.mts";
import type { Stage } from "./stage.mts";

export interface Step {
  readonly title: string;
  /** @throws {TourFailure} when a claim of it does not hold */
  readonly run: (stage: Stage) => Promise<void>;
}

const UP = ["up", "--yes", "--skip-preview"];

export const STEPS: readonly Step[] = [
  { title: "Preview: what would happen", run: preview },
  { title: "Up: a key at every vendor", run: create },
  { title: "Outputs: the values are secrets", run: showOutputs },
  { title: "Use: the keys open the doors", run: useKeys },
  { title: "Up again, with nothing changed", run: repeat },
  { title: "Rotation: a changed trigger renews the keys", run: rotate },
  { title: "Drift: the keys are disabled behind our back", run: repair },
  { title: "Destroy: nothing stays behind", run: destroy },
];

async function preview(stage: Stage): Promise<void> {
  stage.sandbox.journal.clear();
  const output = await stage.pulumi.show("preview");
  check(
    "three keys, and the stack that holds them, would be created",
    /\+ 4 to create$/m.test(output),
    "the plan does not announce four resources to create.",
  );
  stage.checkSilence("no vendor has heard of it");
}

async function create(stage: Stage): Promise<void> {
  const { heard } = await stage.listen(...UP);
  const posts = heard.filter(({ method }) => method === "POST").length;
  check("one POST per key, no more", posts === 3, `there were ${posts} POSTs instead of three.`);
  stage.checkLiveKeys("every vendor has one live key", 1);
  await stage.checkStateIsSealed("the state on disk holds the values encrypted only");
}

async function showOutputs(stage: Stage): Promise<void> {
  const output = await stage.pulumi.show("stack", "output");
  const open = TOUR_KEYS.filter((key) => !new RegExp(`^ +${key.output} +\\[secret\\]$`, "m").test(output));
  check(
    "every value is shown as [secret]",
    open.length === 0,
    `${open.map((key) => key.output).join(" and ")} had to be shown as [secret].`,
  );
  await stage.readOutputs();
  check(
    "with --show-secrets, they are what the vendors showed once (compared unseen)",
    TOUR_KEYS.every((key) => liveKeys(stage.sandbox, key.vendor)[0]?.value === stage.outputs[key.output]),
    "the stack's values are not those that the vendors gave out.",
  );
}

async function useKeys(stage: Stage): Promise<void> {
  say("Each value goes to its vendor's ping endpoint, as it would from your application.");
  await stage.checkUse("the vendors let the keys in", stage.outputs, 200);
}

async function repeat(stage: Stage): Promise<void> {
  stage.sandbox.journal.clear();
  const output = await stage.pulumi.show(...UP);
  check(
    "there was nothing to do",
    /^ +4 unchanged$/m.test(output),
    "the CLI did not report four unchanged resources.",
  );
  stage.checkSilence("not one request was sent to a vendor");
}

async function rotate(stage: Stage): Promise<void> {
  const old = stage.outputs;
  await stage.pulumi.show("config", "set", "rotate", "2");
  const { heard } = await stage.listen(...UP);
  for (const { vendor, title } of TOUR_KEYS.filter((key) => key.vendor !== "sendkit")) {
    const methods = heard.filter((entry) => entry.vendor === vendor).map(({ method }) => method);
    check(
      `${title}: the new key was made before the old one was revoked`,
      methods.includes("POST") && methods.indexOf("POST") < methods.indexOf("DELETE"),
      `${title} heard ${methods.join(", ")}.`,
    );
  }
  say("SendKit has room for one key per workspace, so the old one had to go first.");
  await stage.readOutputs();
  await stage.checkUse("the old keys are refused", old, 401);
  await stage.checkUse("the new keys are let in", stage.outputs, 200);
  stage.checkLiveKeys("every vendor has one live key", 1);
}

async function repair(stage: Stage): Promise<void> {
  const { sandbox } = stage;
  sandbox.deactivateOutOfBand("xentree", onlyKey(stage, "xentree"));
  sandbox.revokeOutOfBand("applications", onlyKey(stage, "applications"));
  sandbox.revokeOutOfBand("sendkit", onlyKey(stage, "sendkit"));
  say("A colleague deactivates the key at Xentree, and revokes the other two.");
  await stage.checkUse("the keys are refused", stage.outputs, 401);
  const { output } = await stage.listen("refresh", "--yes", "--skip-preview");
  check(
    "refresh found that one is disabled and two are gone",
    /~ 1 updated$/m.test(output) && /- 2 deleted$/m.test(output),
    "the CLI did not report one updated and two deleted resources.",
  );
  say(
    "Xentree still lists its key, so that one stays in the state, to be replaced. The others are out of it.",
  );
  await stage.listen(...UP);
  await stage.readOutputs();
  await stage.checkUse("the next up made new keys, which are let in", stage.outputs, 200);
  stage.checkLiveKeys("every vendor has one live key", 1);
}

async function destroy(stage: Stage): Promise<void> {
  await stage.listen("destroy", "--yes", "--skip-preview");
  await stage.checkUse("the keys are refused", stage.outputs, 401);
  stage.checkLiveKeys("no vendor has a live key left", 0);
}

function onlyKey({ sandbox }: Stage, vendor: VendorName): string {
  return liveKeys(sandbox, vendor)[0]?.id ?? "";
}
