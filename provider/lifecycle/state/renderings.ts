import type { ServiceDefinition } from "../../definition/definition";
import { sameField } from "../../definition/sameField";
import { omit } from "../../json/members";
import type { KeyFields, KeyState } from "./key";
import { adoptedKeyIdOf } from "./keyState";
import { requestedValue } from "./requestedValue";

/** What a look tells of inputs in one of two ways that are known to say the same. */
export interface KnownRenderings {
  /** Names of the inputs that are told as they were asked, where the vendor had another way to say so. */
  readonly asAsked: readonly string[];
  /** Names of those that are told in that other way again. */
  readonly again: readonly string[];
  /** That other way, of the inputs that are now told as they were asked. */
  readonly rendered: KeyState["rendered"];
}

/**
 * Some vendors tell an input now as it was asked and now in their own way, such as a list in no fixed order. Neither is a
 * change; any third value is. Of an adopted key nothing was asked when it was made, so there each change is one.
 *
 * @param now fields as a look tells them
 * @param drifted names of the inputs that are not as state has them
 */
export function knownRenderings(
  definition: ServiceDefinition,
  state: KeyState,
  now: KeyFields,
  drifted: readonly string[],
): KnownRenderings {
  const isAdopted = adoptedKeyIdOf(state) !== undefined;
  const toldBy = (said: (name: string) => unknown) =>
    drifted.filter((name) => {
      const field = definition.fields[name];
      const value = said(name) ?? undefined;
      // An end that is another is another.
      if (field === undefined || value === undefined || isAdopted || name === "expiresAt") return false;
      return sameField(field, value, now[name]);
    });
  const asAsked = toldBy((name) => requestedValue(state, name));
  const again = toldBy((name) => state.rendered?.[name]);
  const rendered = {
    ...omit(state.rendered ?? {}, ...drifted),
    ...Object.fromEntries(asAsked.map((name) => [name, state.fields[name]])),
  };
  return { asAsked, again, rendered: Object.keys(rendered).length > 0 ? rendered : undefined };
}
