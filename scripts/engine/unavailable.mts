/** An expected failure: its message is a sentence for the user, and its stack is of no interest to anyone. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}
