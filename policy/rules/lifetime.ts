import { dayMs, durationText } from "../../provider/base/time";
import { lifeMs, takesExpiry } from "../resources/life";
import type { KeyRule } from "./rule";

export const lifetime: KeyRule<"api-key-lifetime"> = {
  name: "api-key-lifetime",
  description: "A key lives for at most so many days, the overlap with its successor included.",
  level: "mandatory",
  settings: { maxDays: { type: "integer", minimum: 1, description: "Days that a key may live." } },
  judge(key, { maxDays }) {
    if (maxDays === undefined) return undefined;
    const ms = lifeMs(key);
    if (ms !== undefined && ms <= maxDays * dayMs) return undefined;
    if (ms === undefined) {
      const how = takesExpiry(key) ? "expiresIn or rotation.every" : "rotation.every";
      return {
        wrong: `nothing ends it, and ${maxDays}d is the most`,
        mend: `give it ${how} of at most ${maxDays}d`,
      };
    }
    return {
      wrong: `it may live for ${durationText(ms)}, and ${maxDays}d is the most`,
      mend: "shorten expiresIn, or rotation.every and rotation.overlap together",
    };
  },
};
