import type { PathParameters, RemoteKey } from "../../vendor";
import type { Incomplete } from "./incompleteList";
import type { WholeList } from "./listing";

type Keys = readonly RemoteKey[];

/** Readings after the first. Whoever revokes keys in a row may spoil each of them, and has to be waited for. */
const maxRereadings = 3;

/** The lists that one operation has read, by path parameters: one answers for all keys beside each other. */
export class KeyLists {
  readonly #lists = new Map<string, Promise<Keys>>();
  /** Lists that prove what they lack to be absent. */
  readonly #proven = new WeakSet<Keys>();
  /** For other lists, the proven one that is or was read in their place: one for all who miss a key. */
  readonly #settled = new WeakMap<Keys, Promise<Keys>>();

  constructor(
    private readonly readWhole: (pathParameters: PathParameters) => Promise<WholeList>,
    private readonly incomplete: Incomplete,
  ) {}

  /** @param freshness `shared` may answer from a list that was read already */
  read(pathParameters: PathParameters, freshness: "shared" | "fresh"): Promise<Keys> {
    const place = JSON.stringify(pathParameters);
    const known = freshness === "shared" ? this.#lists.get(place) : undefined;
    if (known) return known;
    const list = this.#readAnew(pathParameters);
    this.#lists.set(place, list);
    // A failed list says nothing, so the next one who asks shall try anew.
    list.catch(() => this.#lists.get(place) === list && this.#lists.delete(place));
    return list;
  }

  /** Something has changed at the vendor. */
  forget(): void {
    this.#lists.clear();
  }

  /**
   * Reads a list again until it proves what it lacks to be absent; one of a single page does so by itself.
   *
   * When a key is revoked after its page was read, the keys behind it move up, and one of them can slip onto the
   * page that was read already. The revoked key is then on that list and no longer on the next: where nothing has
   * gone from one reading to the next, nothing was missed by the first.
   *
   * @param list as `read` gave it
   * @throws {ApiKeysError} RESPONSE_INVALID when keys have gone at each reading
   */
  async completeList(pathParameters: PathParameters, list: Keys): Promise<Keys> {
    if (this.#proven.has(list)) return list;
    const known = this.#settled.get(list);
    if (known) return known;
    const settled = this.#rereadUntilProven(pathParameters, list);
    this.#settled.set(list, settled);
    settled.catch(() => this.#settled.delete(list));
    return settled;
  }

  async #readAnew(pathParameters: PathParameters): Promise<Keys> {
    const { keys, pages } = await this.readWhole(pathParameters);
    if (pages === 1) this.#proven.add(keys);
    return keys;
  }

  async #rereadUntilProven(pathParameters: PathParameters, list: Keys): Promise<Keys> {
    let before = list;
    for (let rereadings = 0; rereadings < maxRereadings; rereadings++) {
      const after = await this.read(pathParameters, "fresh");
      const ids = new Set(after.map(({ id }) => id));
      if (before.every(({ id }) => ids.has(id))) this.#proven.add(after);
      if (this.#proven.has(after)) return after;
      before = after;
    }
    throw this.incomplete(
      "lost keys each time that it was read, so that others may have been missed",
      "Run the same command again when nobody revokes keys.",
    );
  }
}
