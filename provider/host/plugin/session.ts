import { createHash } from "node:crypto";
import { withinLimits } from "../../base/callLimits";
import { isObject, parsedObject } from "../../json/members";
import type { Notice, OperationContext } from "../../lifecycle";
import { looksMadeUp } from "../../lifecycle/state/madeUpName";
import { tell as tellEngine } from "../engine";
import { type Bag, fromEngine, secretMark, toEngine } from "../engineProperties";
import { operationContext } from "../operation";
import { type KeyType, keyTypeOf, type OwnPackage } from "./keyTypes";
import { received } from "./propertyStruct";

type PropertyStruct = Parameters<typeof received>[0];

/** Settings that the provider takes as arguments; the stack config has each under the same name. */
export const settings = ["connections", "stores"] as const;
type Setting = (typeof settings)[number];

/** What one engine operation is to this process: its settings, its packages, and whether it is to end. */
export class Session {
  readonly packages = new Map<string, OwnPackage>();
  /** URNs of the keys that this operation has imported. */
  readonly imported = new Set<string>();
  #operation: OperationContext | undefined;
  #isCancelled = false;
  #keepsSettings = false;

  /**
   * @param environment the process's; the engine puts the config of our namespace there, decrypted
   * @param operationOf makes the operation of texts as the stack config has them
   * @param tell shows a message beside the key that it is about
   */
  constructor(
    private readonly environment: Readonly<Record<string, string | undefined>>,
    private readonly operationOf: typeof operationContext = operationContext,
    private readonly tell: typeof tellEngine = tellEngine,
  ) {}

  /** @param given arguments of the provider; what they leave out is taken from the stack config */
  configure(given: Bag): void {
    this.#keepsSettings = settings.some((name) => given[name] !== undefined);
    const text = (name: Setting) => settingText(given[name]) ?? this.configured(name);
    this.#operation = this.operationOf(text("connections"), text("stores"));
  }

  /** What of the last `up` a `refresh` or `destroy` has its settings from; null where they are today's. */
  get storedSettings(): string | null {
    return this.#keepsSettings ? "the provider's arguments" : null;
  }

  /** A setting in the stack config, as the engine tells it to its plugins. Undefined where it does not. */
  configured(name: Setting): string | undefined {
    const config = parsedObject(this.environment.PULUMI_CONFIG ?? "");
    return settingText(config?.[name]);
  }

  /** Sends nothing that cannot be repeated from now on; what was sent comes back into the state. */
  cancel(): void {
    this.#isCancelled = true;
  }

  keyType(token: string): KeyType {
    return keyTypeOf(token, this.packages);
  }

  get operation(): OperationContext {
    if (this.#operation === undefined) this.configure({});
    return this.#operation as OperationContext;
  }

  /**
   * The operation for the check of one resource, whose made-up name ends as the engine proposes. Where it proposes none, it
   * follows from the seed, which a plan that was saved repeats.
   */
  operationFor(proposedName: string, seed: Uint8Array): OperationContext {
    const seeded =
      seed.length === 0 ? undefined : createHash("sha256").update(seed).digest("hex").slice(0, 7);
    const suffix = looksMadeUp(proposedName) ? proposedName.slice(-7) : seeded;
    return suffix === undefined ? this.operation : { ...this.operation, suffix: () => suffix };
  }

  /** Shows what the user should know beside the key that it is about; without a URN, beside the stack. */
  async show(notices: readonly Notice[], urn?: string): Promise<void> {
    await Promise.all(notices.map(({ severity, message }) => this.tell(severity, message, urn)));
  }

  /** @param timeoutS seconds after which nothing new is begun; 0 for as long as it takes */
  within<T>(timeoutS: number, act: () => Promise<T>): Promise<T> {
    const deadlineMs = timeoutS > 0 ? Date.now() + timeoutS * 1_000 : undefined;
    const stopped = () => (this.#isCancelled ? "the operation was cancelled" : undefined);
    return withinLimits({ deadlineMs, stopped }, act);
  }
}

/** Properties of a key, on their way from the engine to the lifecycle and back. */
export class KeyProperties {
  readonly #secrets = new Set<string>();
  #like: Bag = {};

  constructor(private readonly type: KeyType) {}

  /** @param isModel whether the answer has the shape of these. Default: not */
  in(struct: PropertyStruct, isModel = false): Bag {
    const { properties, secrets } = received(struct);
    for (const name of secrets) this.#secrets.add(name);
    if (isModel) this.#like = properties;
    return fromEngine(this.type.toLifecycle(properties));
  }

  out(properties: Readonly<Record<string, unknown>>): Bag {
    const sent = this.type.toProgram(toEngine(properties, this.#secrets), this.#like);
    const { fields } = sent;
    const isWholeSecret =
      this.#secrets.has("fields") && isObject(fields) && !Object.hasOwn(properties, "fields");
    return isWholeSecret ? { ...sent, fields: { ...secretMark, value: fields } } : sent;
  }
}

/** Settings are text in the config, and may be an object in a program. */
function settingText(value: unknown): string | undefined {
  if (value === undefined || value === "") return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
