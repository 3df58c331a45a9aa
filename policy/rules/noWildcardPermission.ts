import { permissionsOf } from "../resources/fields";
import type { KeyRule } from "./rule";

const texts = { type: "array", items: { type: "string" }, default: [] } as const;

export const noWildcardPermission: KeyRule<"api-key-no-wildcard-permission"> = {
  name: "api-key-no-wildcard-permission",
  description: "A key's permissions are named one by one, without an asterisk.",
  level: "mandatory",
  settings: {
    allow: { ...texts, description: "Permissions with an asterisk that are allowed, each as it is written." },
    fields: {
      ...texts,
      description:
        "Arguments that hold permissions, beside those whose names end in permissions, scopes, roles, actions and the like.",
    },
  },
  judge(key, { allow, fields }) {
    for (const [name, permissions] of permissionsOf(key, fields)) {
      const wild = permissions.find((text) => text.includes("*") && !allow.includes(text));
      if (wild === undefined) continue;
      return {
        wrong: `${name} has ${JSON.stringify(wild)}`,
        mend: "name each permission that it needs",
      };
    }
    return undefined;
  },
};
