import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { engineSignature, engineUnknown, secretSignature } from "../../base/unknown";
import { isObject } from "../../json/members";
import type { Bag } from "../engineProperties";

/** Properties as the engine sent them. */
export interface Received {
  /** Without the marks of secrets. */
  readonly properties: Bag;
  /** Names of those that are secret, or hold one. */
  readonly secrets: ReadonlySet<string>;
}

const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/**
 * How the engine spells what it does not know yet, by its type.
 *
 * @see sdk/go/common/resource/plugin/rpc.go of pulumi/pulumi
 */
const unknowns: ReadonlySet<unknown> = new Set([
  engineUnknown,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Properties out of a request. */
export function received(struct: Struct | undefined): Received {
  const secrets = new Set<string>();
  const sent = (struct?.toJavaScript() ?? {}) as Bag;
  const properties = Object.fromEntries(
    Object.entries(sent).flatMap(([name, value]) => {
      // What an older program left out, the engine may tell as null.
      if (value === null) return [];
      return [[name, plain(value, () => secrets.add(name))]];
    }),
  );
  return { properties, secrets };
}

/** Properties for a response. */
export function structOf(properties: Bag): Struct {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

function plain(value: unknown, onSecret: () => void): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, onSecret));
  if (!isObject(value)) return unknowns.has(value) ? engineUnknown : value;
  const kind = value[engineSignature];
  if (kind === secretSignature || kind === outputSignature) {
    if (kind === secretSignature || value.secret === true) onSecret();
    return Object.hasOwn(value, "value") ? plain(value.value, onSecret) : engineUnknown;
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item, onSecret)]));
}
