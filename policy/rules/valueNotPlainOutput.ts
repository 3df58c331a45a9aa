import { holds } from "../stack/policedStack";
import type { StackRule } from "./rule";

export const valueNotPlainOutput: StackRule<"api-key-value-not-plain-output"> = {
  name: "api-key-value-not-plain-output",
  description: "No output of the stack shows a key's value.",
  level: "mandatory",
  settings: {
    allowSecret: {
      type: "boolean",
      default: true,
      description:
        "Whether an output that is a secret may hold a value. All who may read the stack's secrets can read it there.",
    },
  },
  judgeStack({ keys, outputs }, { allowSecret }) {
    return keys.flatMap(([key, values]) => {
      const found = outputs.filter(
        (output) => !(output.isSecret && allowSecret) && values.some((value) => holds(output, value)),
      );
      return [...new Set(found.map(({ output }) => output))].map((output) => {
        const isPlain = found.some((text) => text.output === output && !text.isSecret);
        const fault = isPlain
          ? {
              wrong: `the stack output ${JSON.stringify(output)} shows its value to everyone`,
              mend: "export the value as the secret that it is, without pulumi.unsecret, or not at all, and renew this key, which has been shown",
            }
          : {
              wrong: `the stack output ${JSON.stringify(output)} holds its value, and outputs may not, even as secrets`,
              mend: "deliver the value to a store instead",
            };
        return [key, fault] as const;
      });
    });
  },
};
