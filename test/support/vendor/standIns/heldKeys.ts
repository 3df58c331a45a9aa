import type { HeldKey } from "./standIn";

interface Held<Wire extends object> {
  readonly id: string;
  readonly value: string;
  readonly wire: Wire;
  revoked: boolean;
}

/** What a stand-in knows of its keys. */
export class HeldKeys<Wire extends object> {
  readonly #held: Held<Wire>[] = [];

  constructor(
    private readonly nameOf: (wire: Wire) => string,
    private readonly opens: (wire: Wire) => boolean = () => true,
  ) {}

  add(id: string, value: string, wire: Wire): Held<Wire> {
    const held = { id, value, wire, revoked: false };
    this.#held.push(held);
    return held;
  }

  /** All that were not revoked, oldest first. */
  present(): Held<Wire>[] {
    return this.#held.filter(({ revoked }) => !revoked);
  }

  /** Revoked ones as well. */
  all(): readonly Held<Wire>[] {
    return this.#held;
  }

  find(id: string): Held<Wire> | undefined {
    return this.present().find((held) => held.id === id);
  }

  live(): HeldKey[] {
    return this.present()
      .filter(({ wire }) => this.opens(wire))
      .map(({ id, value, wire }) => ({ id, value, name: this.nameOf(wire) }));
  }

  /** @throws for what is not there, since a test that revokes nothing proves nothing */
  revoke(id: string): void {
    this.#known(id).revoked = true;
  }

  /** @throws for a property that no key has */
  change(id: string, patch: Readonly<Record<string, unknown>>): void {
    const { wire } = this.#known(id);
    const unknown = Object.keys(patch).find((name) => !Object.hasOwn(wire, name));
    if (unknown !== undefined) throw new Error(`No key has a property "${unknown}".`);
    Object.assign(wire, patch);
  }

  #known(id: string): Held<Wire> {
    const held = this.find(id);
    if (!held) throw new Error(`There is no key ${id}, or it was revoked before.`);
    return held;
  }
}
