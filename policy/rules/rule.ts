import type { PolicyConfigSchema } from "@pulumi/policy";
import type { PolicedKey } from "../resources/policedKey";
import type { Level, RuleName, RuleSettings } from "../settings";
import type { PolicedStack } from "../stack/policedStack";

/** Where a key breaks a rule: two parts of one sentence. */
export interface Fault {
  readonly wrong: string;
  readonly mend: string;
}

/** A JSON Schema. */
export type Setting = PolicyConfigSchema["properties"][string];

interface RuleOf<Name extends RuleName> {
  readonly name: Name;
  readonly description: string;
  /** The level where nothing else is configured. */
  readonly level: Level;
  /** The schema of each setting, with its default. One without default leaves the rule without effect. */
  readonly settings: { readonly [S in keyof RuleSettings[Name]]-?: Setting };
}

/** A rule on a key by itself, which a preview judges before anything is made. */
export interface KeyRule<Name extends RuleName> extends RuleOf<Name> {
  judge(key: PolicedKey, settings: RuleSettings[Name]): Fault | undefined;
}

/** A rule on the keys of a stack and what the stack makes of them, which Pulumi judges at the end. */
export interface StackRule<Name extends RuleName> extends RuleOf<Name> {
  judgeStack(stack: PolicedStack, settings: RuleSettings[Name]): readonly (readonly [PolicedKey, Fault])[];
}

/** The sentence that a user reads. Names come from programs, and are quoted so that they stay on its line. */
export function sentence(key: PolicedKey, rule: string, { wrong, mend }: Fault): string {
  return `The ${key.title} key ${JSON.stringify(key.name)} breaks ${rule}: ${wrong}; ${mend}.`;
}
