import {
  type OperationContext,
  type Properties,
  readInputs,
  readService,
  readState,
  writeInputs,
  writeState,
} from "../../lifecycle";
import * as imported from "../../lifecycle/importKey";
import * as planned from "../../lifecycle/preview";

/** What the plugin can do with a key and the dynamic host cannot, in terms of its properties. */

/** What an update will leave in state, with the mark of the unknown for what cannot be known yet. Sends nothing. */
export function preview(operation: OperationContext, outputs: Properties, inputs: Properties): Properties {
  const asked = readInputs(inputs);
  return planned.preview(operation, readState(outputs, asked.service), asked);
}

/**
 * Looks up a key that exists already, by the id that `pulumi import` is given.
 *
 * @param named properties that name or carry the service
 * @returns undefined where the vendor has no such key
 */
export async function importKey(
  operation: OperationContext,
  named: Properties,
  importId: string,
): Promise<{ readonly outputs: Properties; readonly inputs: Properties } | undefined> {
  const connection = typeof named.connection === "string" ? named.connection : undefined;
  const found = await imported.importKey(operation, readService(named), importId, connection);
  if (!found) return undefined;
  return { outputs: writeState(found.state), inputs: writeInputs(found.inputs) };
}
