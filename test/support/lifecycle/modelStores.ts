import { ConflictError, type Document, documentStore } from "../../../provider/delivery/documentStore";
import { placeOf } from "../../../provider/delivery/fields";
import { deliveryFailed } from "../../../provider/delivery/kind";
import type { Store, Stores, Target } from "../../../provider/delivery/store";

/** Where a model store fails: at this step, as often as it says. */
interface Failing {
  readonly step: "probe" | "read" | "write" | "remove";
  readonly store?: string;
  times: number;
  /** Whether a write takes effect all the same, and only its answer is lost. */
  readonly after?: boolean;
}

/** Stores in memory: `blind` shows nothing of what it holds, all others do. */
export class ModelStores implements Stores {
  readonly places = new Map<string, Document>();
  readonly failing: Failing[] = [];
  /** Each request, in order: `write vault kv/ci`. */
  readonly log: string[] = [];
  #version = 0;

  async problems(): Promise<readonly string[]> {
    return [];
  }

  async encrypt(text: string, recipients: readonly string[]): Promise<string> {
    return `sealed for ${recipients.join()}: ${text.length}`;
  }

  async isRecipient(text: string): Promise<boolean> {
    return text.startsWith("age1");
  }

  /** What a place holds. */
  at(path: string): Readonly<Record<string, string>> | undefined {
    return [...this.places].find(([place]) => place.includes(`"path":"${path}"`))?.[1].fields;
  }

  /** Somebody writes there. */
  put(target: Target, fields: Readonly<Record<string, string>> | undefined): void {
    this.#version++;
    if (fields === undefined) this.places.delete(addressOf(target));
    else this.places.set(addressOf(target), { fields, version: this.#version });
  }

  async open(target: Target): Promise<Store> {
    const key = addressOf(target);
    const label = `${target.store} ${String(target.path)}`;
    const step = (name: Failing["step"], act: () => void) => {
      this.log.push(`${name} ${label}`);
      const fault = this.failing.find(
        (one) => one.step === name && one.times > 0 && (one.store ?? target.store) === target.store,
      );
      if (fault === undefined) return act();
      fault.times--;
      if (fault.after) act();
      throw deliveryFailed(`${label} is down.`);
    };
    const store = documentStore({
      label,
      address: key,
      probe: async () => step("probe", () => {}),
      read: async () => this.places.get(key),
      replace: async (fields, there) => {
        if (this.places.get(key)?.version !== there?.version) throw new ConflictError();
        step("write", () => this.put(target, fields));
        return this.#version;
      },
      erase: async () => step("remove", () => this.put(target, undefined)),
    });
    if (target.store !== "blind") return store;
    const { read: _, ...writeOnly } = store;
    return writeOnly;
  }
}

/** A place is the same with whatever connection it is reached. */
function addressOf({ connection: _, ...target }: Target): string {
  return placeOf(target as Target);
}
