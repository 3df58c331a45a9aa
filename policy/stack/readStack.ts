import type { StackValidationArgs } from "@pulumi/policy";
import { engineSignature, engineUnknown, secretSignature } from "../../provider/base/unknown";
import { isObject } from "../../provider/json/members";
import { policedKey } from "../resources/policedKey";
import type { OutputText, PolicedStack } from "./policedStack";
import type { SentResource } from "./stackRequest";

/** A stack with nothing in it to judge, where no key has a value that is known: as before the first `up`. */
export function readStack(
  { resources, stackTags }: Pick<StackValidationArgs, "resources" | "stackTags">,
  sent: readonly SentResource[],
): PolicedStack {
  const outputsOf = new Map(sent.map(({ urn, outputs }) => [urn, outputs]));
  const keys = resources.flatMap((resource) => {
    const key = policedKey(resource, stackTags);
    return key ? [[key, valuesIn(outputsOf.get(resource.urn) ?? {})] as const] : [];
  });
  const stack = sent.find(({ type }) => type === "pulumi:pulumi:Stack");
  const outputs = Object.entries(stack?.outputs ?? {}).flatMap(([output, value]) =>
    textsIn(value, false).map((text) => ({ output, ...text })),
  );
  return { keys, outputs };
}

function valuesIn({ value, previousValue }: SentResource["outputs"]): string[] {
  return [value, previousValue].flatMap((member) => textsIn(member, true).map(({ text }) => text));
}

function textsIn(value: unknown, isSecret: boolean): Omit<OutputText, "output">[] {
  if (typeof value === "string")
    return value === "" || value === engineUnknown ? [] : [{ text: value, isSecret }];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, isSecret));
  if (!isObject(value)) return [];
  if (value[engineSignature] === secretSignature) return textsIn(value.value, true);
  return Object.values(value).flatMap((item) => textsIn(item, isSecret));
}
