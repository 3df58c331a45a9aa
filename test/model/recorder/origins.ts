import type { Origin } from "../trace";

/** How the engine marks a secret. */
const secretSign = "4dabf18193072939515e22adb298388d";

/** Names for ids and properties, by where they came from. */
export class Origins {
  readonly #names = new Map<string, Origin>([["{}", "nothing"]]);
  readonly #counts = new Map<string, number>();

  /** The name of what has just come as an answer; what came before keeps the name that it has. */
  numbered(kind: "key" | "inputs" | "outputs", content: unknown): Origin {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    const known = this.#names.get(canonical(content));
    if (known === undefined) this.#counts.set(kind, count);
    return known ?? this.called(`${kind} ${count}`, content);
  }

  /** Gives a name to what came from the program. */
  called(name: Origin, content: unknown): Origin {
    this.#names.set(canonical(content), name);
    return name;
  }

  /** The name of what the engine has kept of an answer. */
  known(content: unknown): Origin {
    const name = this.#names.get(canonical(content));
    if (name !== undefined) return name;
    throw new Error(`The engine has something that no answer held: ${canonical(content)}`);
  }
}

/** One text for the same properties, as the provider, the engine and the state write them. */
function canonical(content: unknown): string {
  return JSON.stringify(plain(content));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const bag = value as Readonly<Record<string, unknown>>;
  if (secretSign in bag) return plain("plaintext" in bag ? JSON.parse(String(bag.plaintext)) : bag.value);
  const names = Object.keys(bag).filter((name) => name !== "__provider");
  return Object.fromEntries(names.sort().map((name) => [name, plain(bag[name])]));
}
