import type { Fault, KeyRule } from "./rule";

export const keyName: KeyRule<"api-key-name"> = {
  name: "api-key-name",
  description: "A key's name at the vendor has the form that is agreed on.",
  level: "mandatory",
  settings: {
    pattern: {
      type: "string",
      description:
        "A regular expression of JavaScript. One that is to fit the whole name begins with `^` and ends with `$`.",
    },
  },
  judge(key, { pattern }) {
    if (pattern === undefined) return undefined;
    const name = key.input("name");
    if (typeof name !== "string") return undefined;
    const form = expression(pattern);
    if (form === undefined) return notAnExpression(pattern);
    if (form.test(name)) return undefined;
    return {
      wrong: `its name ${JSON.stringify(name)} does not match ${pattern}`,
      mend:
        key.input("autonamed") === true
          ? "rename the resource, with which the name begins, or give it a name"
          : "give it another name",
    };
  },
};

function expression(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, "u");
  } catch {
    return undefined;
  }
}

/** A rule that cannot be applied must not look like one that is kept. */
function notAnExpression(pattern: string): Fault {
  return {
    wrong: `nothing can match the rule's pattern ${JSON.stringify(pattern)}, which is no regular expression`,
    mend: "correct the configuration of the policy pack",
  };
}
