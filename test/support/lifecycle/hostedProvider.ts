import type { Provider } from "../modelledEngine/provider";
import { type Host, testedHost } from "../testedHost";
import type { OperationContext } from "./lifecycle";
import { lifecycleProvider } from "./lifecycleProvider";
import { pluginProvider } from "./pluginProvider";

/**
 * The provider as the tested host runs it.
 *
 * @param warn called with each warning that the user would see
 */
export function hostedProvider(
  world: OperationContext & { memory: OperationContext["memory"] },
  warn: (message: string) => void,
  host: Host = testedHost,
): Provider {
  return host === "plugin" ? pluginProvider(world, warn) : lifecycleProvider(world, warn);
}
