import type { PolicedKey } from "../resources/policedKey";
import type { RuleSettings } from "../settings";
import type { KeyRule } from "./rule";

const texts = { type: "array", items: { type: "string" } } as const;

export const overlapInProduction: KeyRule<"api-key-overlap-in-production"> = {
  name: "api-key-overlap-in-production",
  description: "A renewal in production leaves the previous key valid while its successor is rolled out.",
  level: "mandatory",
  settings: {
    tag: {
      type: "string",
      default: "environment",
      description:
        "Tag of the stack that says what it is for. Pulumi's local and bucket backends have no tags.",
    },
    values: {
      ...texts,
      default: ["production", "prod"],
      description: "Values of that tag that say production.",
    },
    stacks: {
      ...texts,
      default: [],
      description: "Names of stacks that are production, whatever their tags say.",
    },
  },
  judge(key, settings) {
    const reason = reasonOf(key, settings);
    if (reason === undefined || hasRoomForOne(key) || key.rotation.overlap !== undefined) return undefined;
    return {
      wrong: `${reason}, and its renewal has no overlap`,
      mend: 'give it rotation.overlap, such as "1d", in which its consumers change to the new key',
    };
  },
};

/** What makes the key one of production. */
function reasonOf(
  key: PolicedKey,
  { tag, values, stacks }: RuleSettings["api-key-overlap-in-production"],
): string | undefined {
  if (key.isProtected) return "it is protected";
  const value = key.tags.get(tag);
  if (value !== undefined && values.includes(value)) return `the stack's ${tag} is ${JSON.stringify(value)}`;
  return stacks.includes(key.stack) ? `the stack ${JSON.stringify(key.stack)} is production` : undefined;
}

/** Where an overlap cannot be, the check refuses it. */
function hasRoomForOne({ definition }: PolicedKey): boolean {
  return definition?.kind === "singleton" || definition?.uniqueNames === true;
}
