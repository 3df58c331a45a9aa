import { takesExpiry } from "../resources/life";
import type { KeyRule } from "./rule";

export const renewedByTime: KeyRule<"api-key-renewed-by-time"> = {
  name: "api-key-renewed-by-time",
  description: "A key is renewed when a time has passed, and not by triggers alone.",
  level: "advisory",
  settings: {},
  judge(key) {
    const { every, beforeExpiry } = key.rotation;
    if ([key.input("expiresIn"), every, beforeExpiry].some((given) => given !== undefined)) return undefined;
    return {
      wrong: "no time renews it",
      mend: `give it rotation.every, such as "30d"${takesExpiry(key) ? ', or expiresIn, such as "90d"' : ""}`,
    };
  },
};
