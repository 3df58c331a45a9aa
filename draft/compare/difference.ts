/** One thing that a document says otherwise than a definition, or that it has beside it. */
export interface Difference {
  /** Whether keys would not be managed as before. What else is new is only told. */
  readonly matters: boolean;
  /** What the document says, in a sentence. */
  readonly says: string;
  /** What that means for keys, in a sentence; nothing where it means nothing. */
  readonly means?: string;
  /** Where the document says it: a JSON Pointer. */
  readonly pointer: string;
}

/** A difference by which something no longer works. */
export function change(says: string, means: string, pointer: string): Difference {
  return { matters: true, says, means, pointer };
}

/** Something new that changes nothing for the keys that there are. */
export function news(says: string, pointer: string): Difference {
  return { matters: false, says, pointer };
}
