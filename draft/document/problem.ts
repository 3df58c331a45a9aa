/** A document cannot be read, or holds no key resource: a sentence that says where, and what to do. */
export class DraftError extends Error {
  override readonly name = "DraftError";
}
