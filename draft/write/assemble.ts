import { isObject, setOwn } from "../../provider/json/members";
import type { Part } from "../parts/part";

/** The definition that the parts come to. */
export function assembled(parts: readonly Part[]): Record<string, unknown> {
  const definition: Record<string, unknown> = {};
  for (const { path, value } of parts) {
    if (value === undefined) continue;
    let at = definition;
    for (const name of path.slice(0, -1)) {
      const next = Object.hasOwn(at, name) ? at[name] : undefined;
      const inner: Record<string, unknown> = isObject(next) ? next : {};
      setOwn(at, name, inner);
      at = inner;
    }
    setOwn(at, path.at(-1) ?? "", value);
  }
  return definition;
}
