import type { Clock } from "../../base/clock";
import { ApiKeysError } from "../../base/errors";
import { pollUntil } from "../../base/poll";
import type { CreateDefinition, ServiceDefinition } from "../../definition/definition";
import { sameField } from "../../definition/sameField";
import type { CreatedKey, Known, PathParameters, RemoteKey, UnidentifiedKey } from "../../vendor";
import type { KeyLists } from "../pagination/keyLists";

/** Finds the ids of keys whose creation did not tell them: in the list, as what was not there before. */
export class Identifier {
  /** Two creates at once would each see the other's key as new. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly definition: ServiceDefinition,
    private readonly lists: KeyLists,
    private readonly clock: Clock,
    private readonly listLagMs: number,
  ) {}

  /**
   * Creates a key and finds out its id.
   *
   * @param make sends the one request
   * @throws {ApiKeysError} ORPHAN_SUSPECTED when the list does not show just one such key in time: the key exists, and
   *   another would stand beside it
   */
  identified(
    by: NonNullable<CreateDefinition["identify"]>,
    pathParameters: PathParameters,
    inputs: Known,
    make: () => Promise<CreatedKey | UnidentifiedKey>,
  ): Promise<CreatedKey> {
    return this.#inTurn(JSON.stringify(pathParameters), async () => {
      const before = new Set((await this.lists.read(pathParameters, "fresh")).map(({ id }) => id));
      const made = await make();
      if (made.id !== undefined) return made;
      const [found, another] = await this.#appearing(by, pathParameters, inputs, before);
      if (found && !another) return { ...made, id: found.id, fields: { ...found.fields, ...made.fields } };
      throw this.#suspected(inputs, another ? "several keys have appeared" : "no such key has appeared");
    });
  }

  /** A name of our own is known at sight; where there is none, a colleague's key may be the first that a list shows. */
  #appearing(
    by: NonNullable<CreateDefinition["identify"]>,
    pathParameters: PathParameters,
    inputs: Known,
    before: ReadonlySet<string>,
  ): Promise<RemoteKey[]> {
    const isNamed = ({ fields }: RemoteKey) => fields.name === inputs.name;
    const isOurs = (key: RemoteKey) =>
      !before.has(key.id) && this.#mayBe(key, inputs) && (by !== "name" || isNamed(key));
    return pollUntil(
      this.clock,
      this.listLagMs,
      async () => (await this.#look(pathParameters)).filter(isOurs),
      (appeared) => inputs.name !== undefined && appeared.length > 0 && appeared.every(isNamed),
    );
  }

  /** Whether nothing that is told of a key contradicts what was asked. */
  #mayBe({ fields: told }: RemoteKey, inputs: Known): boolean {
    return Object.entries(this.definition.fields).every(([name, field]) => {
      const { input, writeOnly, secret, expands } = field;
      if (input === undefined || writeOnly || secret || expands || name === "expiresAt") return true;
      return (
        told[name] === undefined || inputs[name] === undefined || sameField(field, inputs[name], told[name])
      );
    });
  }

  /** The key exists, so that a list that cannot be read must not count as a create that failed. */
  async #look(pathParameters: PathParameters): Promise<readonly RemoteKey[]> {
    try {
      return await this.lists.read(pathParameters, "fresh");
    } catch {
      return [];
    }
  }

  #suspected(inputs: Known, problem: string): ApiKeysError {
    const called = inputs.name === undefined ? "a key" : `key ${JSON.stringify(inputs.name)}`;
    return new ApiKeysError(
      "ORPHAN_SUSPECTED",
      `${this.definition.title} has created ${called} without telling its id, and ${problem} in the list, so that it cannot be managed. ` +
        "Look for it at the vendor and revoke it, then run `pulumi up` again.",
    );
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
