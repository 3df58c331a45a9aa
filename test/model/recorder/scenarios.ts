import type { Command, Method, Trace } from "../trace";

/** What is done to the engine while it is recorded. */
export interface Scenario {
  readonly title: string;
  readonly vendor: Trace["vendor"];
  readonly steps: readonly Step[];
}

export interface Step extends Command {
  /** What an administrator does at the vendor before the command runs. */
  readonly before?: "revokes the key" | "deactivates the key";
}

/** Arguments by the names that recordings use, as JavaScript. */
export const programs: Readonly<Record<string, string>> = {
  plain: "",
  scheduled: `rotation: { every: "30d" }`,
  triggered: `rotation: { triggers: { version: 1 } }`,
  wrong: `expiresIn: "soon"`,
};

const plain: Step = { run: "up", program: "plain" };
const schedule: Step = { run: "up", program: "scheduled" };
const rotate: Step = { run: "up", program: "triggered" };
const wrong: Step = { run: "up", program: "wrong" };
const remove: Step = { run: "up", program: null };
const refresh: Step = { run: "refresh", program: "plain" };
const destroy: Step = { run: "destroy", program: "plain" };

const fails = (step: Step, method: Method, skip?: number): Step => ({
  ...step,
  fault: { method, what: "fails", ...(skip && { skip }) },
});
const failsPartially = (step: Step, method: Method): Step => ({
  ...step,
  fault: { method, what: "fails partially" },
});
const cliKilled = (step: Step, method: Method): Step => ({
  ...step,
  fault: { method, what: "CLI is killed" },
});
const providerKilled = (step: Step, method: Method): Step => ({
  ...step,
  fault: { method, what: "provider is killed" },
});
const previewed = (step: Step): Step => ({ ...step, preview: true });
const replaced = (step: Step): Step => ({ ...step, replace: true });

const stories: Record<Trace["vendor"], Record<string, Step[]>> = {
  // Its successor stands beside a key.
  xentree: {
    "the whole life of a key": [plain, plain, schedule, rotate, refresh, destroy].map(previewed),
    "a key removed from the program": [plain, remove, remove],
    "invalid arguments": [previewed(wrong), plain, wrong],
    "replace without a change": [plain, previewed(replaced(plain)), plain],

    "failed diff": [plain, fails(plain, "diff"), plain],
    "failed create": [fails(plain, "create"), plain],
    "failed create of a successor": [plain, fails(rotate, "create"), rotate],
    "failed update": [plain, fails(schedule, "update"), plain, schedule],
    "failed refresh": [plain, fails(refresh, "read"), fails(refresh, "diff"), plain],
    "failed delete": [plain, fails(remove, "delete"), plain, fails(destroy, "delete"), destroy],
    "failed delete of a replaced key": [
      plain,
      fails(rotate, "delete"),
      fails(rotate, "delete"),
      previewed(rotate),
      rotate,
    ],
    "failed delete of a replaced key, replaced again": [
      plain,
      fails(rotate, "delete"),
      replaced(rotate),
      rotate,
    ],
    "failed delete of a replaced key, refreshed and destroyed": [
      plain,
      fails(rotate, "delete"),
      refresh,
      destroy,
    ],
    "failed delete of a replaced key, removed with its successor": [plain, fails(rotate, "delete"), remove],
    "failed refresh of the second of two keys": [
      plain,
      fails(rotate, "delete"),
      { ...fails(refresh, "read", 1), before: "deactivates the key" },
    ],

    "partial failure of create": [failsPartially(plain, "create"), plain, plain],
    "partial failure of create, forgotten by refresh": [failsPartially(plain, "create"), refresh, plain],
    "partial failure of create, then a rotation": [failsPartially(plain, "create"), rotate],
    "partial failure of a successor": [plain, failsPartially(rotate, "create"), rotate],
    "partial failure of update, taken back": [plain, failsPartially(schedule, "update"), plain, plain],
    "partial failure of update, asked again": [
      plain,
      failsPartially(schedule, "update"),
      previewed(schedule),
      schedule,
    ],
    "partial failure of update, twice": [
      plain,
      failsPartially(schedule, "update"),
      failsPartially(schedule, "update"),
      fails(schedule, "update"),
      schedule,
    ],
    "partial failure of update, forgotten by refresh": [
      plain,
      failsPartially(schedule, "update"),
      refresh,
      plain,
      schedule,
    ],
    "partial failure of update, then a rotation": [plain, failsPartially(schedule, "update"), rotate],
    "partial failure of update, then removed": [plain, failsPartially(schedule, "update"), remove],

    "a key found gone": [plain, { ...refresh, before: "revokes the key" }, plain],
    "a key found ended": [plain, { ...refresh, before: "deactivates the key" }, previewed(plain), plain],

    "CLI killed in create": [cliKilled(plain, "create"), plain, plain, refresh, destroy],
    "CLI killed in create, twice": [cliKilled(plain, "create"), cliKilled(plain, "create"), plain],
    "CLI killed in the create of a successor": [plain, cliKilled(rotate, "create"), rotate, rotate],
    "CLI killed in the delete of a replaced key": [plain, cliKilled(rotate, "delete"), rotate, rotate],
    "CLI killed in update": [plain, cliKilled(schedule, "update"), plain, schedule],
    "CLI killed in update, then refreshed": [plain, cliKilled(schedule, "update"), refresh],
    "CLI killed in refresh": [plain, cliKilled(refresh, "read"), refresh],
    "CLI killed in destroy": [plain, cliKilled(destroy, "delete"), wrong, destroy],

    "provider killed in create": [providerKilled(plain, "create"), plain],
    "provider killed in the create of a successor": [plain, providerKilled(rotate, "create"), rotate],
    "provider killed in the delete of a replaced key": [plain, providerKilled(rotate, "delete"), rotate],
    "provider killed in update": [plain, providerKilled(schedule, "update"), schedule],
    "provider killed in refresh": [plain, providerKilled(refresh, "read"), refresh],
  },
  // A workspace has one place for a key.
  sendkit: {
    "delete before replace": [plain, previewed(rotate), previewed(rotate)],
    "failed delete before replace": [plain, fails(rotate, "delete"), rotate],
    "failed create after delete": [plain, fails(rotate, "create"), refresh, previewed(rotate), rotate],
    "failed create after delete, then as before": [plain, fails(rotate, "create"), plain, plain],
    "failed create after delete, then replaced": [plain, fails(rotate, "create"), replaced(rotate), rotate],
    "failed create after delete, then removed": [plain, fails(rotate, "create"), remove],
    "failed create after delete, then destroyed": [plain, fails(rotate, "create"), destroy],
    "failed create after delete, twice": [plain, fails(rotate, "create"), fails(rotate, "create"), rotate],
    "partial failure of create after delete": [plain, failsPartially(rotate, "create"), rotate],
    "CLI killed in delete before replace": [plain, cliKilled(rotate, "delete"), rotate],
    "CLI killed in create after delete": [plain, cliKilled(rotate, "create"), refresh, destroy],
    "provider killed in delete before replace": [plain, providerKilled(rotate, "delete"), rotate],
  },
};

/** One recording each. */
export const scenarios: readonly Scenario[] = Object.entries(stories).flatMap(([vendor, own]) =>
  Object.entries(own).map(([title, steps]) => ({ title, vendor: vendor as Trace["vendor"], steps })),
);
