import type { EnforcementLevel, PolicyConfigSchema } from "@pulumi/policy";
import type { PolicedKey } from "../resources/policedKey";
import type { PolicedStack } from "../stack/policedStack";

/** What Pulumi does about a violation. There is no remedy that a rule could apply by itself. */
export type Level = Exclude<EnforcementLevel, "remediate">;

/** Where a key breaks a rule: two parts of one sentence. */
export interface Fault {
  readonly wrong: string;
  readonly mend: string;
}

type Setting = PolicyConfigSchema["properties"][string];

interface RuleOf<Name extends string, Settings> {
  readonly name: Name;
  readonly description: string;
  /** The level where nothing else is configured. */
  readonly level: Level;
  /** A JSON Schema for each setting, with its default. One without default leaves the rule without effect. */
  readonly settings: { readonly [S in keyof Settings]-?: Setting };
}

/** A rule on a key by itself, which a preview judges before anything is made. */
export interface KeyRule<Name extends string, Settings> extends RuleOf<Name, Settings> {
  judge(key: PolicedKey, settings: Settings): Fault | undefined;
}

/** A rule on the keys of a stack and what the stack makes of them, which Pulumi judges at the end. */
export interface StackRule<Name extends string, Settings> extends RuleOf<Name, Settings> {
  judgeStack(stack: PolicedStack, settings: Settings): readonly (readonly [PolicedKey, Fault])[];
}

/** The sentence that a user reads. Names come from programs, and are quoted so that they stay on its line. */
export function sentence(key: PolicedKey, rule: string, { wrong, mend }: Fault): string {
  return `The ${key.title} key ${JSON.stringify(key.name)} breaks ${rule}: ${wrong}; ${mend}.`;
}
