import type { Clock } from "../../http/clock";
import type { Known, Parents } from "../../lifecycle/vendor";
import type { CreateDefinition } from "../definition";
import type { KeyLists } from "../keyLists";
import type { CreatedKey, RemoteKey, UnidentifiedKey } from "../wire/key";
import type { Calls } from "./calls";

/** When to look again, as parts of the time by which a list may lag behind. */
const waits = [0, 1 / 8, 1 / 8, 1 / 4, 1 / 2];

/** Finds the ids of keys whose creation did not tell them: in the list, as what was not there before. */
export class Identifier {
  /** Two creates at once would each see the other's key as new. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly calls: Calls,
    private readonly lists: KeyLists,
    private readonly clock: Clock,
    private readonly listLagMs: number,
  ) {}

  /**
   * Creates a key and finds out its id.
   *
   * @param make sends the one request
   * @throws {ApiKeysError} OUTCOME_UNKNOWN when the list does not show just one such key in time
   */
  identified(
    by: NonNullable<CreateDefinition["identify"]>,
    parents: Parents,
    inputs: Known,
    make: () => Promise<CreatedKey | UnidentifiedKey>,
  ): Promise<CreatedKey> {
    return this.#inTurn(JSON.stringify(parents), async () => {
      const before = new Set((await this.lists.read(parents, "fresh")).map(({ id }) => id));
      const made = await make();
      if (made.id !== undefined) return made;
      for (const part of waits) {
        if (part > 0) await this.clock.sleep(Math.ceil(this.listLagMs * part));
        const appeared = (await this.#look(parents)).filter(
          ({ id, fields }) => !before.has(id) && (by === "new" || fields.name === inputs.name),
        );
        const [found, another] = appeared;
        if (found && another) throw this.#unknown(inputs, `and the list shows ${appeared.length} new keys`);
        if (found) return { ...made, id: found.id, fields: { ...found.fields, ...made.fields } };
        if (this.listLagMs === 0) break;
      }
      throw this.#unknown(inputs, "and no new key has appeared in the list");
    });
  }

  /** The key exists, so that a list that cannot be read must not count as a create that failed. */
  async #look(parents: Parents): Promise<readonly RemoteKey[]> {
    try {
      return await this.lists.read(parents, "fresh");
    } catch {
      return [];
    }
  }

  #unknown(inputs: Known, problem: string) {
    const what = `create API key ${JSON.stringify(inputs.name)}`;
    return this.calls.unknownOutcome(what, `a success without the key's id, ${problem}`);
  }

  async #inTurn<T>(place: string, act: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(place) ?? Promise.resolve();
    const turn = before.then(act, act);
    this.#turns.set(
      place,
      turn.catch(() => {}),
    );
    return turn;
  }
}
