import { deliveryFailed } from "../kind";

/** Whether a text is an age recipient. */
const ageRecipient = /^age1[0-9a-z]{50,}$/;
/** Whether a text is an armored OpenPGP public key. */
const publicKey = /^-----BEGIN PGP PUBLIC KEY BLOCK-----/;

/** Whether a text names somebody to whom can be encrypted. */
export async function isRecipient(text: string): Promise<boolean> {
  return ageRecipient.test(text.trim()) || publicKey.test(text.trim());
}

/**
 * Armored text that only the holders of the recipients' identities can read.
 *
 * @throws {ApiKeysError} DELIVERY_FAILED when a library is missing, or the recipients are of two kinds
 */
export async function sealedFor(_text: string, _recipients: readonly string[]): Promise<string> {
  throw deliveryFailed("encryptTo is not there yet.");
}
