import { resourceType } from "../provider/base/resourceType";
import { keyTypeOf, type OwnPackage, packageName } from "../provider/host/plugin/keyTypes";
import { isObject, parsedObject } from "../provider/json/members";
import type { State, StateResource } from "./state";

/**
 * A state in which the keys of the plugin look like those of the dynamic host, which is how the commands read keys. Where
 * a type says what a property says there, the property is added.
 */
export function withUniformKeys({ resources, pending }: State): State {
  const own = ownPackages(resources);
  const uniform = (resource: StateResource): StateResource => uniformKey(resource, own) ?? resource;
  return {
    resources: resources.map(uniform),
    pending: pending.map((operation) => ({ ...operation, resource: uniform(operation.resource) })),
  };
}

function uniformKey(
  resource: StateResource,
  own: ReadonlyMap<string, OwnPackage>,
): StateResource | undefined {
  const [pkg = ""] = resource.type.split(":");
  if (pkg !== packageName && !own.has(pkg)) return undefined;
  const type = typeOf(resource.type, own);
  if (type === undefined) return undefined;
  const { inputs, outputs } = resource;
  return {
    ...resource,
    type: resourceType,
    ...(inputs && { inputs: type.toLifecycle(inputs) }),
    ...(outputs && { outputs: type.toLifecycle(outputs) }),
  };
}

function typeOf(token: string, own: ReadonlyMap<string, OwnPackage>) {
  try {
    return keyTypeOf(token, own);
  } catch {
    // A provider, or a resource of another package of this name.
    return undefined;
  }
}

/** The packages that were made of definitions: their providers hold them, and their keys do not. */
function ownPackages(resources: readonly StateResource[]): ReadonlyMap<string, OwnPackage> {
  const found = resources.flatMap(({ type, inputs }): [string, OwnPackage][] => {
    const name = /^pulumi:providers:(.+)$/.exec(type)?.[1];
    const internal = inputs?.__internal;
    if (name === undefined || !isObject(internal) || internal.name !== packageName) return [];
    const { parameterization } = internal;
    if (typeof parameterization !== "string") return [];
    const definition = parsedObject(Buffer.from(parameterization, "base64").toString("utf8"));
    return definition === undefined ? [] : [[name, { name, version: "", definition }]];
  });
  return new Map(found);
}
