import type { EnforcementLevel } from "@pulumi/policy";

/** What Pulumi does about a violation. There is no remedy that a rule could apply by itself. */
export type Level = Exclude<EnforcementLevel, "remediate">;

/** What can be configured of each rule, by its name. The compiler of a user's pack reads this file, and nothing of the rules. */
export interface RuleSettings {
  "api-key-lifetime": {
    /** Days that a key may live. Default: the rule does nothing. */
    readonly maxDays?: number;
  };
  "api-key-renewed-by-time": object;
  "api-key-overlap-in-production": {
    /** Tag of the stack that says what it is for. Default: "environment". */
    readonly tag: string;
    /** Values of that tag that say production. Default: "production" and "prod". */
    readonly values: readonly string[];
    /** Names of stacks that are production, whatever their tags say. Default: none. */
    readonly stacks: readonly string[];
  };
  "api-key-no-wildcard-permission": {
    /** Permissions with an asterisk that are allowed, each as it is written. Default: none. */
    readonly allow: readonly string[];
    /** Arguments that hold permissions, beside those that are known by their names. Default: none. */
    readonly fields: readonly string[];
  };
  "api-key-allowed-addresses": {
    /** Arguments that hold addresses, beside those that are declared as such or known by their names. Default: none. */
    readonly fields: readonly string[];
  };
  "api-key-value-not-plain-output": {
    /** Whether an output that is a secret may hold a value. Default: true. */
    readonly allowSecret: boolean;
  };
  "api-key-value-in-store-only": object;
  "api-key-name": {
    /** A regular expression of JavaScript for the key's name at the vendor. Default: the rule does nothing. */
    readonly pattern?: string;
  };
  "api-key-service": {
    /** Names of the services, such as "xentree". Default: the rule does nothing. */
    readonly allow?: readonly string[];
  };
  "api-key-revoke-now": {
    /** The trigger that names the incident. Default: "incident". */
    readonly trigger: string;
  };
}

export type RuleName = keyof RuleSettings;
