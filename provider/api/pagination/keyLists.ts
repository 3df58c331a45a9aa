import type { ApiKeysError } from "../../base/errors";
import type { PathParameters, RemoteKey } from "../../vendor";
import type { Incomplete } from "./incompleteList";
import type { ReadPages } from "./pages";

/** Readings after the first. Whoever revokes keys in a row may spoil each of them, and has to be waited for. */
const maxRereadings = 3;

/** The keys of one reading of a list, with what it proves. */
export interface KeyList extends ReadonlyArray<RemoteKey> {
  readonly proof: CompletenessProof;
}

/** What a list proves of a key that it lacks. */
interface CompletenessProof {
  /** Whether no live key can have been missed, so that a key that is not on the list is gone. */
  isComplete: boolean;
  /** For any other list, the complete one that is or was read in its place: one for all who miss a key. */
  completed?: Promise<KeyList> | undefined;
  /** What is wrong where the vendor shows that there is more. */
  readonly unfinished: ApiKeysError | undefined;
}

/** The lists that one engine operation has read, by path parameters: one answers for all keys beside each other. */
export class KeyLists {
  readonly #lists = new Map<string, Promise<KeyList>>();

  /**
   * @param readAll reads every page of a list
   * @param cap number of keys from which on a list may lack others. Default: it shows all
   */
  constructor(
    private readonly readAll: (pathParameters: PathParameters) => Promise<ReadPages>,
    private readonly incomplete: Incomplete,
    private readonly cap: number = Number.POSITIVE_INFINITY,
  ) {}

  /**
   * All keys.
   *
   * @param freshness `shared` may answer from a list that was read already
   * @throws {ApiKeysError} RESPONSE_INVALID when the vendor shows that there are more
   */
  async read(pathParameters: PathParameters, freshness: "shared" | "fresh"): Promise<KeyList> {
    const list = await this.readVisible(pathParameters, freshness);
    if (list.proof.unfinished) throw list.proof.unfinished;
    return list;
  }

  /**
   * The keys that the vendor shows, though there may be others: what is seen can be acted on.
   *
   * @param freshness `shared` may answer from a list that was read already
   */
  readVisible(pathParameters: PathParameters, freshness: "shared" | "fresh"): Promise<KeyList> {
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
   * The list if it is complete, else one that is read later and is; one of a single page is complete.
   *
   * When a key is revoked after its page was read, the keys behind it move up, and one of them can slip onto the
   * page that was read already. The revoked key is then on that list and no longer on the next: where nothing has
   * gone from one reading to the next, nothing was missed by the later one.
   *
   * @param list as `read` gave it
   * @throws {ApiKeysError} RESPONSE_INVALID when the vendor shows that there are more, when the list is full, or when keys have gone at each reading
   */
  async completeList(
    pathParameters: PathParameters,
    list: readonly RemoteKey[],
  ): Promise<readonly RemoteKey[]> {
    const proof = proofOf(list);
    const lack = this.cutShort(list) ?? proof.unfinished;
    if (lack) throw lack;
    if (proof.isComplete) return list;
    proof.completed ??= this.#rereadUntilComplete(pathParameters, list);
    // A reading that failed proves nothing of the next one.
    proof.completed.catch(() => {
      proof.completed = undefined;
    });
    const completed = await proof.completed;
    const cut = this.cutShort(completed);
    if (cut) throw cut;
    return completed;
  }

  /** Why a list may lack keys, if it is as long as the vendor's lists ever are. */
  cutShort(list: readonly RemoteKey[]): ApiKeysError | undefined {
    if (list.length < this.cap) return undefined;
    return this.incomplete(
      `is full with ${this.cap} keys, which is all that it ever shows`,
      "Revoke keys that nobody uses, and run the same command again.",
    );
  }

  async #readAnew(pathParameters: PathParameters): Promise<KeyList> {
    const { keys, pages, unfinished } = await this.readAll(pathParameters);
    return keyList(keys, { isComplete: pages === 1 && !unfinished, unfinished });
  }

  async #rereadUntilComplete(pathParameters: PathParameters, list: readonly RemoteKey[]): Promise<KeyList> {
    let before = list;
    for (let rereadings = 0; rereadings < maxRereadings; rereadings++) {
      const after = await this.read(pathParameters, "fresh");
      const ids = new Set(after.map(({ id }) => id));
      if (before.every(({ id }) => ids.has(id))) after.proof.isComplete = true;
      if (after.proof.isComplete) return after;
      before = after;
    }
    throw this.incomplete(
      "lost keys each time that it was read, so that others may have been missed",
      "Run the same command again when nobody revokes keys.",
    );
  }
}

/** To everyone who does not ask for its proof, a list is the array of its keys. */
function keyList(keys: readonly RemoteKey[], proof: CompletenessProof): KeyList {
  return Object.defineProperty([...keys], "proof", { value: proof }) as readonly RemoteKey[] as KeyList;
}

/** What was made of a list, such as by `filter`, proves nothing. */
function proofOf(list: readonly RemoteKey[]): CompletenessProof {
  return "proof" in list ? (list as KeyList).proof : { isComplete: false, unfinished: undefined };
}
