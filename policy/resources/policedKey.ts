import { ApiKeysError } from "../../provider/base/errors";
import { resourceType } from "../../provider/base/resourceType";
import type { ServiceDefinition } from "../../provider/definition/definition";
import { resolveService } from "../../provider/definition/registry";
import { isObject, parsedObject } from "../../provider/json/members";

/** What a policy is shown of a resource. */
export interface ShownResource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly opts: { readonly protect: boolean };
  /** Its inputs, as `check` has returned them. To read one that is not known yet throws Pulumi's own error. */
  readonly props: Readonly<Record<string, unknown>>;
}

type Rotation = Readonly<Record<"every" | "beforeExpiry" | "overlap" | "revokeNow" | "triggers", unknown>>;

/**
 * A key as rules judge it, whatever host runs it. Each property is read when a rule asks for it: one that is not known in
 * a preview then stops the rules that need it, and no others.
 */
export class PolicedKey {
  constructor(
    private readonly shown: ShownResource,
    /** Tags of the stack. */
    readonly tags: ReadonlyMap<string, string>,
  ) {}

  get urn(): string {
    return this.shown.urn;
  }

  /** The resource's name in the program. */
  get name(): string {
    return this.shown.name;
  }

  /** Name of the stack. */
  get stack(): string {
    return this.shown.urn.split(":")[2] ?? "";
  }

  get isProtected(): boolean {
    return this.shown.opts.protect;
  }

  get service(): string {
    return String(this.input("service") ?? moduleOf(this.shown.type));
  }

  /** The service as people call it. */
  get title(): string {
    return this.definition?.title ?? this.service;
  }

  /** Undefined where it has mistakes, which the check tells, and of a package of a user's own, whose provider alone has it. */
  get definition(): ServiceDefinition | undefined {
    const written = this.json("definition");
    const definition = typeof written === "string" ? parsedObject(written) : written;
    try {
      return resolveService({ service: this.service, definition });
    } catch (error) {
      if (error instanceof ApiKeysError) return undefined;
      throw error;
    }
  }

  get rotation(): Partial<Rotation> {
    const rotation = this.input("rotation");
    return isObject(rotation) ? rotation : {};
  }

  /** Names of the arguments that the key has. */
  get names(): string[] {
    return [...new Set(this.places().flatMap(Object.keys))];
  }

  /** An argument of the key, a field of the service among them. */
  input(name: string): unknown {
    return this.places().find((place) => Object.hasOwn(place, name))?.[name];
  }

  /** The same as data of its own, with nothing in it that is not known yet. */
  json(name: string): unknown {
    const value = this.input(name);
    return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
  }

  /** Without generated code, a program has the service's fields in `fields`. */
  private places(): Readonly<Record<string, unknown>>[] {
    const { props, type } = this.shown;
    const nested = type === genericType && Object.hasOwn(props, "fields") ? props.fields : undefined;
    return isObject(nested) ? [props, nested] : [props];
  }
}

/** The package of the resource plugin, and its type of keys of any service. */
const packageName = "apikeys";
const genericType = `${packageName}:index:ApiKey`;

const pluginType = /^([^:]+):([^:/]+)(?:\/[^:]*)?:ApiKey$/;

/** The resource as a key, or undefined where it is none of ours. */
export function policedKey(
  shown: ShownResource,
  tags: ReadonlyMap<string, string> = new Map(),
): PolicedKey | undefined {
  return isKey(shown) ? new PolicedKey(shown, tags) : undefined;
}

/** The type of a package of a user's own could be any other vendor's; every key of ours names its service. */
function isKey({ type, props }: ShownResource): boolean {
  if (type === resourceType) return true;
  const [, pkg, module] = pluginType.exec(type) ?? [];
  if (pkg === undefined || pkg === packageName) return pkg === packageName;
  return module === "index" && Object.hasOwn(props, "connection") && props.service === pkg;
}

function moduleOf(type: string): string {
  return pluginType.exec(type)?.[2] ?? "";
}
