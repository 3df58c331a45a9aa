import { isObject } from "../../provider/json/members";
import type { KeyRule } from "./rule";

export const revokeNow: KeyRule<"api-key-revoke-now"> = {
  name: "api-key-revoke-now",
  description: "A renewal revokes the old key at once only for an incident that a trigger names.",
  level: "mandatory",
  settings: {
    trigger: {
      type: "string",
      default: "incident",
      description: "The trigger that names the incident.",
    },
  },
  judge(key, { trigger }) {
    const { revokeNow: atOnce, triggers } = key.rotation;
    if (atOnce !== true) return undefined;
    const incident = isObject(triggers) ? triggers[trigger] : undefined;
    if (incident !== undefined && incident !== null && incident !== "") return undefined;
    return {
      wrong: `rotation.revokeNow is set, and rotation.triggers.${trigger} names no incident`,
      mend: `give rotation.triggers.${trigger} the incident, or take rotation.revokeNow away`,
    };
  },
};
