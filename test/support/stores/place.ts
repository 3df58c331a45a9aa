import { fingerprint } from "../../../provider/base/fingerprint";
import type { Content, Look, Stores, Target, Written } from "../../../provider/delivery/store";

/** One place, used as the lifecycle uses it. */
export class Place {
  written: Written | undefined;

  constructor(
    private readonly stores: Pick<Stores, "open">,
    private readonly target: Target,
  ) {}

  open() {
    return this.stores.open(this.target);
  }

  async probe(): Promise<void> {
    await (await this.open()).probe();
  }

  /** @param isKept whether the receipt reaches the state; a process that is killed loses it */
  async write(content: Content, isKept = true): Promise<void> {
    const receipt = await (await this.open()).write(content, this.written);
    const fields = Object.fromEntries(
      Object.entries(content).map(([name, text]) => [
        name,
        text === null ? (this.written?.fields[name] ?? "") : fingerprint(text),
      ]),
    );
    if (isKept) this.written = { fields, receipt };
  }

  async look(): Promise<Look> {
    return (await this.open()).look(this.#known());
  }

  async remove(): Promise<Look> {
    return (await this.open()).remove(this.#known());
  }

  #known(): Written {
    if (this.written === undefined) throw new Error("nothing was written");
    return this.written;
  }
}
