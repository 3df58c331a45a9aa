/** Rules on API keys for a policy pack of Pulumi's. docs/policy.md tells of each. */
import "../sdk/requireNode";

export type { ApiKeysPolicyOptions, RuleOptions } from "./options";
export { apiKeysPolicies } from "./policies";
