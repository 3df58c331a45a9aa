import { ConflictError, type Document, documentStore } from "../../../provider/delivery/documentStore";
import { placeOf } from "../../../provider/delivery/fields";
import { deliveryFailed } from "../../../provider/delivery/kind";
import type { Store, Stores, Target, Written } from "../../../provider/delivery/store";

/** Where a model store fails: at this step, as often as it says. */
interface Failing {
  readonly step: "probe" | "read" | "write" | "remove";
  readonly store?: string;
  times: number;
  /** Whether a write takes effect all the same, and only its answer is lost. */
  readonly after?: boolean;
}

/** Lets a request to a store through, or does not. */
type Line = <T>(step: Failing["step"], act: () => T) => Promise<T>;

/** Stores in memory: `blind` shows nothing of what it holds, all others do. */
export class ModelStores implements Stores {
  readonly failing: Failing[] = [];
  /** Each request, in order: `write vault kv/ci`. */
  readonly log: string[] = [];
  /** The earlier write that each probe and each write was given, in order. */
  readonly told: [step: "probe" | "write", before: Written | undefined][] = [];

  /**
   * @param places what they hold
   * @param line over which they are reached. Default: one that fails as `failing` says
   */
  constructor(
    readonly places = new Map<string, Document>(),
    private readonly line?: Line,
  ) {}

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
  put(target: Target, fields: Readonly<Record<string, string>> | undefined): number {
    const place = addressOf(target);
    const version = Number(this.places.get(place)?.version ?? 0) + 1;
    if (fields === undefined) this.places.delete(place);
    else this.places.set(place, { fields, version });
    return version;
  }

  async open(target: Target): Promise<Store> {
    const key = addressOf(target);
    const label = `${target.store} ${String(target.path)}`;
    const step: Line = async (name, act) => {
      this.log.push(`${name} ${label}`);
      return (this.line ?? this.#failingLine(target.store, label))(name, act);
    };
    const store = documentStore({
      label,
      address: key,
      probe: () => step("probe", () => {}),
      read: () => step("read", () => this.places.get(key)),
      replace: (fields, there) =>
        step("write", () => {
          if (this.places.get(key)?.version !== there?.version) throw new ConflictError();
          return this.put(target, fields);
        }),
      erase: () => step("remove", () => void this.put(target, undefined)),
    });
    const told: Store = {
      ...store,
      probe: (next) => {
        if (next !== undefined) this.told.push(["probe", next.before]);
        return store.probe(next);
      },
      write: (content, before) => {
        this.told.push(["write", before]);
        return store.write(content, before);
      },
    };
    if (target.store !== "blind") return told;
    const { read: _, ...writeOnly } = told;
    return writeOnly;
  }

  #failingLine(store: string, label: string): Line {
    return async (name, act) => {
      const fault = this.failing.find(
        (one) => one.step === name && one.times > 0 && (one.store ?? store) === store,
      );
      if (fault === undefined) return act();
      fault.times--;
      if (fault.after) act();
      throw deliveryFailed(`${label} is down.`);
    };
  }
}

/** A place is the same with whatever connection it is reached. */
function addressOf({ connection: _, ...target }: Target): string {
  return placeOf(target as Target);
}
