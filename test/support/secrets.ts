/** Which of these secrets stand in a text, in any of the spellings that a log could use. */
export function secretsIn(text: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => spellingsOf(secret).some((spelling) => text.includes(spelling)));
}

function spellingsOf(secret: string): string[] {
  const percent = encodeURIComponent(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  // A log that holds JSON in JSON, as the engine's do, escapes it twice.
  const twice = JSON.stringify(json).slice(1, -1);
  return [secret, json, twice, percent, percent.toLowerCase(), ...base64Of(secret)];
}

/** The part of base64 that the secret decides, wherever in the encoded text it begins. */
function base64Of(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.from("x".repeat(before) + secret);
    const [from, to] = [Math.ceil((before * 4) / 3), Math.floor((bytes.length * 4) / 3)];
    return [bytes.toString("base64").slice(from, to), bytes.toString("base64url").slice(from, to)];
  });
}
