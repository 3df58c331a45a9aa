import type { StackValidationArgs } from "@pulumi/policy";
import { type ApiKeysPolicyOptions, apiKeysPolicies } from "../../policy";

const policyOf = (name: string, options?: ApiKeysPolicyOptions) => {
  const found = apiKeysPolicies(options).find((policy) => policy.name === name);
  if (!found) throw new Error(`There is no policy ${name}.`);
  return found;
};
const levels = (options?: ApiKeysPolicyOptions) =>
  Object.fromEntries(apiKeysPolicies(options).map(({ name, enforcementLevel }) => [name, enforcementLevel]));

describe("apiKeysPolicies", () => {
  it("gives each rule the level of its own, of all, or of the rule by default, in this order", () => {
    expect(levels()).toMatchObject({
      "api-key-name": "mandatory",
      "api-key-value-in-store-only": "disabled",
    });
    const given = levels({
      all: "advisory",
      "api-key-name": "disabled",
      "api-key-lifetime": { maxDays: 90 },
      "api-key-service": { enforcementLevel: "mandatory", allow: ["xentree"] },
    });
    expect(given).toMatchObject({
      "api-key-name": "disabled",
      "api-key-lifetime": "advisory",
      "api-key-service": "mandatory",
      "api-key-value-in-store-only": "advisory",
    });
  });

  it("makes settings the defaults of the configuration, which goes before them", () => {
    const { configSchema } = policyOf("api-key-lifetime", { "api-key-lifetime": { maxDays: 90 } });
    expect(configSchema?.properties.maxDays).toMatchObject({ type: "integer", default: 90 });
    expect(policyOf("api-key-lifetime").configSchema?.properties.maxDays).not.toHaveProperty("default");
  });

  it.each([
    [
      { "api-key-lifetimes": "mandatory" },
      'apiKeysPolicies has no rule "api-key-lifetimes"; did you mean "api-key-lifetime"?',
    ],
    [
      { "api-key-lifetime": { maxDay: 9 } },
      'api-key-lifetime has no setting "maxDay"; did you mean "maxDays"?',
    ],
    [
      { "api-key-value-in-store-only": { x: 1 } },
      'api-key-value-in-store-only has no setting "x". There are: none.',
    ],
  ])("refuses a name that is none, in a sentence: %j", (options, message) => {
    expect(() => apiKeysPolicies(options as ApiKeysPolicyOptions)).toThrow(message);
  });

  it("fails a rule that cannot know which outputs are secrets, and does not let it pass", () => {
    const policy = policyOf("api-key-value-not-plain-output");
    if (!("validateStack" in policy)) throw new Error("It judges no stack any more.");
    const args = { resources: [], stackTags: new Map(), getConfig: () => ({}) };
    expect(() => policy.validateStack(args as unknown as StackValidationArgs, () => {})).toThrow(
      "api-key-value-not-plain-output cannot tell which outputs are secrets",
    );
  });
});
