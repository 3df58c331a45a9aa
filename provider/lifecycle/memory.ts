import type { ServiceDefinition } from "../definition/definition";
import { canonicalText } from "../json/canonical";
import type { PathParameters } from "../vendor";
import type { Delivery, KeyFields, KeyInputs, KeyService, RecordedKey } from "./state/key";
import { type Properties, writeInputs } from "./state/properties";

/**
 * What one engine operation has learned, which its calls cannot tell each other otherwise: the engine calls `check`,
 * `diff`, `create` and `delete` for one resource one after another, in one process, and tells each of them only a part.
 */
export class OperationMemory {
  /**
   * Ids in `adopt` whose resource is being replaced. Inputs that adopt a key look the same when it is to be taken over
   * and when it is to be replaced. `create` is not told which; `diff` is. Each with the fields that its successor keeps.
   */
  readonly succeededAdoptions = new Map<string, KeyFields>();
  /** Ids of keys taken over in this operation: a resource that gives one up must not revoke it. */
  readonly takenOver = new Set<string>();
  /** Fields in stores that were written in this operation: what is there now is a successor's. */
  readonly deliveredFields = new Set<string>();

  /** By what is asked of the successor of an adopted key that the program no longer adopts. */
  readonly #successors = new Map<string, AdoptedOrigin>();
  /** By what is asked of keys that take the place of others: the deliveries of those. */
  readonly #replacements = new Map<string, readonly Delivery[]>();
  readonly #anchors = new Map<string, number>();
  readonly #differences = new Map<string, boolean>();
  readonly #logicalNames = new Map<string, string>();
  readonly #successorNames = new Map<string, string>();
  readonly #services = new Map<string, KeyService | null>();
  readonly #places = new Map<string, PlaceMemory>();
  /** When, in order, inputs were last checked, and keys last looked at. */
  readonly #checks = new Map<string, number>();
  readonly #looks = new Map<string, number>();
  #turns = 0;

  /** @param creates notes of creates under way, which outlive the process */
  constructor(readonly creates: CreateJournal) {}

  /**
   * Notes that a key of these inputs is due. `check` is asked about its successor as about a new key, with nothing of
   * the old one; what it was asked before was the same but for the old inputs.
   *
   * @param anchorMs from when the successor's period counts, in milliseconds since the epoch
   */
  expectSuccessor(logicalName: string, asked: KeyInputs, anchorMs: number): void {
    this.#anchors.set(successionText(logicalName, asked), anchorMs);
  }

  /** From when the period of a successor counts; undefined for any other key. */
  successorAnchorMs(logicalName: string, asked: KeyInputs): number | undefined {
    return this.#anchors.get(successionText(logicalName, asked));
  }

  /**
   * Notes how inputs compare with those in state. The engine compares them too where `diff` leaves it to, but `diff` is
   * not given the old ones, and after a partial failure they lag behind the outputs that it is given.
   *
   * @param logicalName the resource's
   * @param before inputs in state; undefined for a new key
   * @param inputs as `check` returns them
   */
  noteComparison(logicalName: string, before: KeyInputs | undefined, inputs: KeyInputs): void {
    const given = canonicalText(writeInputs(inputs));
    this.#logicalNames.set(given, logicalName);
    this.#checks.set(given, this.#turns++);
    const differs = before === undefined || given !== canonicalText(writeInputs(before));
    // Of two resources with the same inputs, one may have had them before.
    this.#differences.set(given, differs && this.#differences.get(given) !== false);
  }

  /**
   * Whether the engine, which compares inputs with those in state, sees a difference for certain. Within refresh, where
   * no `check` comes before, there is nothing to be done that it could miss.
   */
  engineSeesDifference(inputs: KeyInputs): boolean {
    return this.#differences.size === 0 || this.#differences.get(canonicalText(writeInputs(inputs))) === true;
  }

  /** Notes that a refresh looks at a key. */
  noteLook(key: RecordedKey): void {
    this.#looks.set(keyText(key), this.#turns++);
  }

  /**
   * Whether a plan is for a refresh to show, and not for an update to follow: the engine asks for one after each look at a
   * key, with the inputs in state, and only after a check with what the program asks.
   */
  isForRefresh(key: RecordedKey, inputs: KeyInputs): boolean {
    const checked = this.#checks.get(canonicalText(writeInputs(inputs)));
    return checked === undefined || (this.#looks.get(keyText(key)) ?? -1) > checked;
  }

  /** The logical name of a resource that `check` was asked about; undefined where none came before, as within refresh. */
  logicalName(inputs: KeyInputs): string | undefined {
    return this.#logicalNames.get(canonicalText(writeInputs(inputs)));
  }

  /** Notes what the successor of an adopted key keeps of it, where the program no longer says `adopt`. */
  noteAdoptedOrigin(inputs: KeyInputs, origin: AdoptedOrigin): void {
    this.#successors.set(askedText(inputs), origin);
  }

  /** What a key of these inputs keeps of an adopted one that it replaces; undefined for any other key. */
  adoptedOrigin(inputs: KeyInputs): AdoptedOrigin | undefined {
    return this.#successors.get(askedText(inputs));
  }

  /** Notes that a key of these inputs takes the place of another, which goes once it is made, and where that one was taken. */
  noteReplacement(inputs: KeyInputs, delivered: readonly Delivery[]): void {
    const asked = askedText(inputs);
    // Several resources may ask for the same, each with places of its own.
    this.#replacements.set(asked, [...(this.#replacements.get(asked) ?? []), ...delivered]);
  }

  /** Where the key was taken whose place a key of these inputs takes; undefined where it takes that of none. */
  replacedDeliveries(inputs: KeyInputs): readonly Delivery[] | undefined {
    return this.#replacements.get(askedText(inputs));
  }

  /** Notes the name of a replacement where the old key has the asked one: the engine does not pass the old key to `create`. */
  noteSuccessorName(inputs: KeyInputs, name: string): void {
    this.#successorNames.set(nameText(inputs), name);
  }

  /** The name that a key of these inputs gets beside the one that it replaces; undefined where it gets the asked one. */
  successorName(inputs: KeyInputs): string | undefined {
    return this.#successorNames.get(nameText(inputs));
  }

  /** Notes the definition that the program has of a service. */
  noteService(service: KeyService): void {
    const { name } = service.definition;
    const known = this.#services.get(name);
    // Two texts under one name tell nothing of a key that is no longer in the program.
    const isAnother = known !== undefined && known?.definition !== service.definition;
    this.#services.set(name, isAnother ? null : service);
  }

  /** The definition that the program has of a service; undefined where it has none, or several. */
  serviceNamed(name: string): KeyService | undefined {
    return this.#services.get(name) ?? undefined;
  }

  /** What this operation knows of the keys beside each other at one place. */
  place({ definition, connection, pathParameters }: KeyPlace): PlaceMemory {
    const at = JSON.stringify([definition.name, connection, pathParameters]);
    const known = this.#places.get(at) ?? new PlaceMemory();
    this.#places.set(at, known);
    return known;
  }
}

/** What a key keeps of the adopted one with which its resource began. */
export interface AdoptedOrigin {
  readonly adoptedKeyId: string;
  readonly fields: KeyFields;
}

/** Where keys are beside each other, as one connection sees them. */
export interface KeyPlace {
  readonly definition: ServiceDefinition;
  /** Name of the connection. */
  readonly connection: string;
  readonly pathParameters: PathParameters;
}

/** What one engine operation knows of the keys at one place. */
export class PlaceMemory {
  /** Ids of the keys that this operation has made here. */
  readonly created = new Set<string>();
  /** Ids of the keys that this operation has seen here. */
  readonly seen = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();
  #caughtUp: Promise<unknown> | undefined;

  /** Acts once all earlier acts here have ended, whether or not they failed. */
  inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Waits for the vendor's lists once, for all keys that are missing here. */
  catchUp(wait: () => Promise<unknown>): Promise<unknown> {
    this.#caughtUp ??= wait();
    return this.#caughtUp;
  }
}

/**
 * Notes of creates under way. The engine forgets a create whose provider process was killed, and with it the name by
 * which `recover` would find the key.
 */
export interface CreateJournal {
  /**
   * Notes a create before its request is sent.
   *
   * @param what the inputs by which the key is found: never a value or a credential
   */
  begin(what: Properties): Promise<CreateNote>;
  /** Names, if they have any, of keys whose create was cut short in an earlier operation of this stack; each is told once. */
  unfinished(): Promise<readonly (string | undefined)[]>;
}

export interface CreateNote {
  /**
   * Strikes the note out.
   *
   * @param outcome a key that was `made` is on its way into the state, and the note outlives the response; of `nothing`
   *   there is none to be lost
   */
  end(outcome: "made" | "nothing"): void;
}

/** A made-up name is another one for the successor, and no part of what the program asks. */
function successionText(logicalName: string, asked: KeyInputs): string {
  const { name, autonamed, ...given } = writeInputs(asked);
  return canonicalText({ logicalName, ...given, ...(autonamed !== true && { name }) });
}

/** What a program asks, without the name and the dates that `check` makes up anew for a replacement. */
function askedText({
  service,
  connection,
  pathParameters,
  fields,
  expiresIn,
  rotation,
  autonamed,
}: KeyInputs): string {
  const { name, ...others } = fields;
  return canonicalText({
    ...{ service: service.definition.name, connection, pathParameters, fields: others, expiresIn, rotation },
    ...(autonamed !== true && { name }),
  });
}

function keyText({ service, connection, pathParameters, keyId }: RecordedKey): string {
  return canonicalText({ service: service.definition.name, connection, pathParameters, keyId });
}

/** Where a name is taken. */
function nameText({ service, connection, pathParameters, fields }: KeyInputs): string {
  return canonicalText({ service: service.definition.name, connection, pathParameters, name: fields.name });
}
