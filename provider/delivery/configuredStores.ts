import { ApiKeysError, reasonOf } from "../base/errors";
import { storesKey } from "../base/settingNames";
import { hasUnknown } from "../base/unknown";
import { nearestHint } from "../base/words";
import { isObject, parsedObject } from "../json/members";
import { mentions, protect } from "../redaction/redactor";
import { isRecipient, sealedFor } from "./encryption/seal";
import { deliveryFailed, type StoreKind } from "./kind";
import { kindOf, storeNames } from "./registry";
import type { AskedDelivery, Store, Stores, Target } from "./store";

/** The stores of one engine operation, with their settings from stack config and the environment. */
export class ConfiguredStores implements Stores {
  readonly #settings: Readonly<Record<string, unknown>>;
  readonly #malformed: boolean;
  readonly #shared = new Map<string, unknown>();

  /**
   * @param config text of `apikeys:stores` in stack config, if any
   * @param environment variables of the process
   */
  constructor(
    config: string | undefined,
    private readonly environment: Readonly<Record<string, string | undefined>>,
  ) {
    const parsed = config === undefined ? {} : parsedObject(config);
    this.#settings = parsed ?? {};
    this.#malformed = parsed === undefined;
    protectTexts(this.#settings);
  }

  async problems(deliver: readonly Target[], { valueInState }: AskedDelivery): Promise<readonly string[]> {
    const problems: string[] = [];
    const writeOnly: string[] = [];
    for (const [index, target] of deliver.entries()) {
      const kind = kindOf(target);
      const at = `deliver[${index}]`;
      if (kind === undefined) {
        problems.push(
          `${at}.store: there is no store ${JSON.stringify(target.store)}${nearestHint(target.store, storeNames)}`,
        );
        continue;
      }
      if (!hasUnknown(target)) problems.push(...targetProblems(kind, target, at));
      const readsBack = typeof kind.readsBack === "function" ? kind.readsBack(target) : kind.readsBack;
      if (!readsBack) writeOnly.push(at);
      if (!readsBack && !valueInState && target.previous !== undefined) {
        problems.push(
          `${at}.previous cannot be kept with valueInState: false: ${kind.title} does not show what it holds`,
        );
      }
    }
    if (!valueInState && writeOnly.length > 1) {
      problems.push(
        `${writeOnly.join(" and ")} cannot both be kept with valueInState: false: neither store shows what it holds, so ` +
          "that a delivery that fails at the second could not be taken back at the first. Give each a key of its own",
      );
    }
    return problems;
  }

  async open(target: Target): Promise<Store> {
    const kind = kindOf(target);
    if (kind === undefined) throw deliveryFailed(`There is no store ${JSON.stringify(target.store)}.`);
    const parsed = kind.target.safeParse(target);
    if (!parsed.success) {
      throw deliveryFailed(
        `A delivery to ${kind.title} cannot be made: ${targetProblems(kind, target, "it").join("; ")}.`,
      );
    }
    const connection =
      typeof target.connection === "string" ? target.connection : target.store.replace(/^http:/, "");
    const store = await guarded(kind.title, () =>
      kind.open(parsed.data, {
        connection,
        settings: this.#settingsOf(kind, connection),
        environment: this.environment,
        shared: (name, make) => this.#once(`${target.store} ${connection} ${name}`, make),
      }),
    );
    return guardedStore(store);
  }

  async encrypt(text: string, recipients: readonly string[]): Promise<string> {
    return guarded("encryptTo", async () => sealedFor(text, recipients));
  }

  async isRecipient(text: string): Promise<boolean> {
    return isRecipient(text);
  }

  #once<T>(name: string, make: () => T): T {
    if (!this.#shared.has(name)) this.#shared.set(name, make());
    return this.#shared.get(name) as T;
  }

  #settingsOf(kind: StoreKind, connection: string): unknown {
    if (this.#malformed) {
      throw new ApiKeysError(
        "CONFIGURATION",
        `The config key ${storesKey} is not an object of named stores. Set each part with a path, such as: ` +
          `pulumi config set --secret --path '${storesKey}.vault.token'`,
      );
    }
    const raw = Object.hasOwn(this.#settings, connection) ? this.#settings[connection] : {};
    const parsed = kind.settings.safeParse(raw);
    if (parsed.success) return parsed.data;
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "it"}: ${message}`);
    throw new ApiKeysError(
      "CONFIGURATION",
      `The config key ${storesKey}.${connection} is malformed: ${problems.join("; ")}.`,
    );
  }
}

/** Which of the settings are secret, a config does not tell; text that names a place is printed elsewhere by its own label. */
function protectTexts(settings: Readonly<Record<string, unknown>>): void {
  for (const setting of Object.values(settings).filter(isObject)) {
    for (const [name, text] of Object.entries(setting)) {
      if (typeof text === "string" && /token|secret|password|key$/i.test(name)) protect(text);
    }
  }
}

function targetProblems(kind: StoreKind, target: Target, at: string): string[] {
  const issues = kind.target.safeParse(target).error?.issues ?? [];
  return issues.map((issue) => {
    if (issue.code === "unrecognized_keys") {
      return `${at} has ${issue.keys.map((name) => JSON.stringify(name)).join(" and ")}, which is nothing that a delivery to ${kind.title} has`;
    }
    const path = issue.path.map((part) => `.${String(part)}`).join("");
    return `${at}${path} ${issue.message}`;
  });
}

function guardedStore(store: Store): Store {
  const { label, address, read } = store;
  return {
    label,
    ...(address !== undefined && { address }),
    probe: (next) => guarded(label, () => store.probe(next)),
    ...(read && { read: () => guarded(label, () => read.call(store)) }),
    write: (content, before) =>
      guarded(label, () => store.write(content, before)).catch((error: unknown) => {
        const texts = Object.values(content).filter((text) => text !== null);
        throw texts.some((text) => mentions(reasonOf(error), text)) ? unquotable(label) : error;
      }),
    look: (written) => guarded(label, () => store.look(written)),
    remove: (written) => guarded(label, () => store.remove(written)),
  };
}

/** A library's own errors hold requests, and with them values: of those no more than a name and a code is told. */
async function guarded<T>(label: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ApiKeysError) throw deliveryFailed(error.message);
    throw deliveryFailed(
      `${label} failed: ${nameOf(error)}. Check its address and credentials, then run \`pulumi up\` again.`,
    );
  }
}

function unquotable(label: string): ApiKeysError {
  return deliveryFailed(
    `${label} was not written, and what the store said of it is not shown, because it repeats the value. Check the store's address and credentials, then run \`pulumi up\` again.`,
  );
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "an unknown error";
  const { name, code } = error as NodeJS.ErrnoException;
  return typeof code === "string" ? `${name} (${code})` : name;
}
