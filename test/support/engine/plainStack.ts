import type { ServiceDefinitionInput } from "../../../provider/definition/definition";
import { PlainVendor, plainDefinition } from "../vendor/plainVendor";
import { TestStack } from "./stack";

/** A plain vendor, and a stack with a key of it. */
export interface PlainStack {
  readonly vendor: PlainVendor;
  readonly stack: TestStack;
  /** Has the next operation renew the key, with an overlap of a day. */
  rotate(version: number): void;
}

/**
 * A plain vendor, and a stack with one key of it, "ci".
 *
 * @param more how the vendor is described besides
 * @param rest what the program does with the key's `value`, as JavaScript
 */
export async function startPlainStack(
  more: Partial<ServiceDefinitionInput> = {},
  rest = "",
): Promise<PlainStack> {
  const vendor = await PlainVendor.start(Date.now);
  const program = (version: number) => `
    const pulumi = require("@pulumi/pulumi");
    const { defineService } = require("pulumi-apikeys");
    const plain = defineService(${JSON.stringify(plainDefinition(more))});
    const rotation = { overlap: "1d", triggers: { version: ${version} } };
    const { keyId, value } = new plain.ApiKey("ci", { scopes: ["read"], rotation });
    ${rest}
    module.exports = { keyId, value };`;
  const stack = await TestStack.create({
    program: program(1),
    env: {
      APIKEYS_PLAIN_BASE_URL: vendor.url,
      APIKEYS_PLAIN_TOKEN: "t",
      APIKEYS_PLAIN_LIST_LAG_SECONDS: "0",
    },
  });
  return { vendor, stack, rotate: (version) => stack.setProgram(program(version)) };
}
