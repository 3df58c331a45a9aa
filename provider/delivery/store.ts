/**
 * The port to the stores: what the lifecycle asks of a place to which a key's value is taken, and all that it knows of
 * one.
 */

/** Where a key's value is taken, as the program says it: JSON, discriminated by `store`. */
export interface Target {
  readonly store: string;
  readonly [member: string]: unknown;
}

/**
 * What is written, by the names of the store's fields; `null` for a field that stays as it stands there. A store without
 * fields has its whole content under {@link wholeField}.
 */
export type Content = Readonly<Record<string, string | null>>;

/** Name of the field of a store whose secrets are one text. */
export const wholeField = "";

/** What a store says of a write, by which a later change by somebody else is told. Kept in state: never a value. */
export type Receipt = Readonly<Record<string, string | number>>;

/** What was written and when: enough to tell whether it is still there. */
export interface Written {
  /** Fingerprint of each field's text, by the field's name. */
  readonly fields: Readonly<Record<string, string>>;
  readonly receipt: Receipt;
}

/** What is known of a write of a value that is nowhere yet. */
export interface NextWrite {
  /** As {@link Store.write} will be given it. */
  readonly before: Written | undefined;
}

/** How a place is found that was written before. */
export type Look = "unchanged" | "changed" | "missing";

/** One place in one store. */
export interface Store {
  /** How messages call the place: `Vault secret kv/ci/xentree`. */
  readonly label: string;
  /**
   * Tells the place from all others of such stores, in whatever way targets say it: one may leave out what another says.
   * Default: two ways to say it are two places.
   */
  readonly address?: string;

  /**
   * Fails where the value could surely not be written. Changes nothing.
   *
   * @param next undefined where the value may be there already
   * @throws {ApiKeysError} DELIVERY_FAILED, with the reason in a sentence
   */
  probe(next?: NextWrite): Promise<void>;

  /**
   * What stands there now, by field; undefined where nothing does. Undefined as a method where what was written cannot
   * be read back.
   */
  read?(): Promise<Readonly<Record<string, string>> | undefined>;

  /**
   * Writes the content. Other fields of the place stay, but those of an earlier write that are no longer in the content
   * are removed.
   *
   * @param before the earlier write; undefined for the first
   * @throws {ApiKeysError} DELIVERY_FAILED when it is not known to have been written; writing again does no harm
   */
  write(content: Content, before: Written | undefined): Promise<Receipt>;

  /** Whether what was written is still there, without showing it to anybody. */
  look(written: Written): Promise<Look>;

  /**
   * Removes what was written, and nothing that somebody has changed since.
   *
   * @returns how it was found
   */
  remove(written: Written): Promise<Look>;
}

/** The stores of one engine operation. */
export interface Stores {
  /**
   * What is wrong with the deliveries that a program asks for, in sentences. Parts that are not known yet are not judged.
   *
   * @param asked what else the program says, as far as it decides what can be delivered
   */
  problems(deliver: readonly Target[], asked: AskedDelivery): Promise<readonly string[]>;

  /** @throws {ApiKeysError} DELIVERY_FAILED when the store cannot be used: a library or credentials are missing */
  open(target: Target): Promise<Store>;

  /**
   * A text that only the holder of an identity can read.
   *
   * @param recipients `age1…`, or armored OpenPGP public keys
   */
  encrypt(text: string, recipients: readonly string[]): Promise<string>;

  /** Whether a text names somebody to whom can be encrypted. */
  isRecipient(text: string): Promise<boolean>;
}

/** What decides whether a delivery can be kept. */
export interface AskedDelivery {
  readonly valueInState: boolean;
}
