import { writeFileSync } from "node:fs";
import path from "node:path";
import { instantMs, instantText } from "../../../provider/base/time";
import type { TestStack } from "./stack";

const vendorDates: ReadonlySet<string> = new Set(["createdAt", "previousCreatedAt"]);

/**
 * Lets time pass for a stack and its keys: every date in the state moves back, for the engine's processes read the
 * machine's own clock. The vendor's clock stays, and so do the dates at which it has created keys.
 */
export async function letPass(stack: TestStack, ms: number): Promise<void> {
  const state = await stack.exportState();
  for (const { inputs, outputs } of state.deployment.resources) {
    for (const properties of [inputs, outputs]) moveBack(properties, ms);
  }
  const file = path.join(stack.dir, "moved.json");
  writeFileSync(file, JSON.stringify(state));
  await stack.pulumi(["stack", "import", "--file", file]);
}

function moveBack(properties: Record<string, unknown> = {}, ms: number): void {
  for (const [name, value] of Object.entries(properties)) {
    const moment = vendorDates.has(name) ? undefined : instantMs(value);
    if (moment !== undefined) properties[name] = instantText(moment - ms);
  }
}
