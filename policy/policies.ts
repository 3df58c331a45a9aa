import type { Policies, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { type ApiKeysPolicyOptions, checkOptions, type ReadOptions, readOptions } from "./options";
import { policedKey } from "./resources/policedKey";
import { rules } from "./rules";
import { type KeyRule, type Setting, type StackRule, sentence } from "./rules/rule";
import type { RuleName } from "./settings";
import { readStack } from "./stack/readStack";
import { listenToStackRequests, sentResources } from "./stack/stackRequest";

/**
 * The rules for API keys, for a policy pack of Pulumi's. They judge keys of the dynamic provider and of the resource
 * plugin, and the keys of a package that was made of a definition.
 *
 * @param options levels and settings by the rules' names. What `--policy-pack-config` or Pulumi Cloud says goes before
 *   them. Default: the defaults of the rules
 * @throws {RunError} there is no such rule or setting, or `@pulumi/policy` is not installed
 *
 * @example
 * ```ts
 * import { PolicyPack } from "@pulumi/policy";
 * import { apiKeysPolicies } from "pulumi-apikeys/policy";
 *
 * new PolicyPack("keys", {
 *   policies: apiKeysPolicies({
 *     "api-key-lifetime": { maxDays: 90 },
 *     "api-key-renewed-by-time": "mandatory",
 *     "api-key-service": { allow: ["xentree", "openai"] },
 *   }),
 * });
 * ```
 */
export function apiKeysPolicies(options: ApiKeysPolicyOptions = {}): Policies {
  checkOptions(options);
  listenToStackRequests();
  return rules.map((rule) => {
    const read = readOptions(rule, options);
    return "judge" in rule ? keyPolicy(rule, read) : stackPolicy(rule, read);
  });
}

function keyPolicy(rule: KeyRule<RuleName>, options: ReadOptions): ResourceValidationPolicy {
  return {
    ...policyOf(rule, options),
    validateResource: (args, report) => {
      const key = policedKey(args, args.stackTags);
      const fault = key && rule.judge(key, args.getConfig());
      if (fault) report(sentence(key, rule.name, fault));
    },
  };
}

function stackPolicy(rule: StackRule<RuleName>, options: ReadOptions): StackValidationPolicy {
  return {
    ...policyOf(rule, options),
    validateStack: (args, report) => {
      const sent = sentResources();
      if (!sent) throw unheard(rule.name);
      for (const [key, fault] of rule.judgeStack(readStack(args, sent), args.getConfig())) {
        report(sentence(key, rule.name, fault), key.urn);
      }
    },
  };
}

/** Settings of the program are the defaults of the configuration. */
function policyOf(
  { name, description, settings }: KeyRule<RuleName> | StackRule<RuleName>,
  { level, settings: given }: ReadOptions,
) {
  const properties = Object.fromEntries(
    Object.entries<Setting>(settings).map(([setting, schema]) => [
      setting,
      Object.hasOwn(given, setting) ? { ...schema, default: given[setting] as Default } : schema,
    ]),
  );
  return { name, description, enforcementLevel: level, configSchema: { properties } };
}

type Default = NonNullable<Setting["default"]>;

/** What is not known must not look like what is kept. */
function unheard(rule: string): Error {
  const error = new Error(
    `${rule} cannot tell which outputs are secrets, because it has not heard what the engine asked. ` +
      "Install the version of @pulumi/policy that pulumi-apikeys names in its peerDependencies, or disable the rule.",
  );
  // Pulumi prints it in the place of the message.
  error.stack = error.message;
  return error;
}
