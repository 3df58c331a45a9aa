import { deliveryFailed } from "../kind";
import { loadLibrary } from "../library";

/** Bech32 of an X25519 public key. */
const ageRecipient = /^age1[02-9ac-hj-np-z]{58}$/;
const armoredKey = /^-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]+-----END PGP PUBLIC KEY BLOCK-----$/;

const loadAge = () => loadLibrary("age-encryption", () => import("age-encryption"));
const loadOpenPgp = () => loadLibrary("openpgp", () => import("openpgp"));

/** Whether a text names somebody to whom can be encrypted. */
export function isRecipient(text: string): boolean {
  return ageRecipient.test(text.trim()) || armoredKey.test(text.trim());
}

/**
 * Armored text that each of the recipients can read, and nobody else.
 *
 * @param recipients all of age, or all OpenPGP public keys
 * @throws {ApiKeysError} DELIVERY_FAILED when a library is missing, or a recipient cannot be used
 * @see https://age-encryption.org/v1
 * @see RFC 9580
 */
export function sealedFor(text: string, recipients: readonly string[]): Promise<string> {
  const trimmed = recipients.map((recipient) => recipient.trim());
  if (trimmed.every((recipient) => ageRecipient.test(recipient))) return byAge(text, trimmed);
  if (trimmed.every((recipient) => armoredKey.test(recipient))) return byOpenPgp(text, trimmed);
  throw deliveryFailed(
    "encryptTo mixes age recipients and OpenPGP keys. Give one kind; a key of its own serves the other.",
  );
}

async function byAge(text: string, recipients: readonly string[]): Promise<string> {
  const age = await loadAge();
  const encrypter = new age.Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw deliveryFailed(
        `encryptTo names ${recipient}, which is no recipient of age: its checksum is wrong.`,
      );
    }
  }
  return age.armor.encode(await encrypter.encrypt(text));
}

async function byOpenPgp(text: string, recipients: readonly string[]): Promise<string> {
  const { readKey, createMessage, encrypt } = await loadOpenPgp();
  const encryptionKeys = await Promise.all(
    recipients.map((armored) => readKey({ armoredKey: armored }).catch(refuse)),
  );
  return encrypt({ message: await createMessage({ text }), encryptionKeys }).catch(refuse);
}

/** Of a public key nothing is secret, but what it says is for its owner. */
function refuse(): never {
  throw deliveryFailed(
    "encryptTo has an OpenPGP key that nothing can be encrypted to. Export it anew: it may have expired.",
  );
}
