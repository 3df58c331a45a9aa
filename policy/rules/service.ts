import type { KeyRule } from "./rule";

export const service: KeyRule<"api-key-service"> = {
  name: "api-key-service",
  description: "Keys are of services that are agreed on.",
  level: "mandatory",
  settings: {
    allow: {
      type: "array",
      items: { type: "string" },
      description: "Names of the services, such as `xentree`.",
    },
  },
  judge(key, { allow }) {
    if (allow === undefined || allow.includes(key.service)) return undefined;
    return {
      wrong: `the service ${JSON.stringify(key.service)} is not among those allowed (${allow.join(", ") || "none"})`,
      mend: "use one of those, or have it allowed in the configuration of the policy pack",
    };
  },
};
