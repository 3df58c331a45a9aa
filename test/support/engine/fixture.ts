import { type Sandbox, type SandboxOptions, startSandbox } from "../../../sandbox";
import { type Program, type StackOptions, TestStack } from "./stack";
import { connectionsOf } from "./vendors";

/** A sandbox, and a stack whose connections lead to it. */
export interface Fixture {
  readonly sandbox: Sandbox;
  readonly stack: TestStack;
}

/**
 * A sandbox and a stack for all tests of a suite, or new ones for each test.
 *
 * @param program made once the sandbox is there; the default is an empty one
 * @param options the sandbox's, and the stack's name
 */
export function useStack(
  scope: "suite" | "test",
  program: (sandbox: Sandbox) => Program = () => "",
  options: SandboxOptions & Pick<StackOptions, "name"> = {},
): Fixture {
  const held: { sandbox?: Sandbox; stack?: TestStack } = {};
  const { name, ...vendors } = options;
  const start = async () => {
    held.sandbox = await startSandbox(vendors);
    held.stack = await TestStack.create({
      program: program(held.sandbox),
      env: connectionsOf(held.sandbox),
      ...(name && { name }),
    });
  };
  const stop = async () => {
    await held.stack?.remove();
    await held.sandbox?.close();
  };
  if (scope === "suite") {
    beforeAll(start);
    afterAll(stop);
  } else {
    beforeEach(start);
    afterEach(stop);
  }
  return held as Fixture;
}
