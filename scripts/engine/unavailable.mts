/** An expected failure. Its message is a sentence for the user, and its stack is not shown. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}
