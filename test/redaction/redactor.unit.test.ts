import { protect, protectName, redact } from "../../provider/redaction/redactor";

/** A key's value as Xentree makes them; its first 16 characters are published as its prefix. */
const value = "xntr-TM2s4obr3gg7Kq/Zp+9wVtY=hJ8cRlX0";
const prefix = value.slice(0, 16);
/** What needs escaping in one spelling or another. */
const odd = `pä"ss\\w rd'(1)*!~ü🔑/?&%`;

beforeAll(() => {
  protect(value);
  protect(odd);
  protectName("deploy@acme.example");
  protectName("deploy");
});

const base64 = (text: string) => Buffer.from(text).toString("base64");
const lowerCase = (text: string) => text.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());

describe("a secret", () => {
  const spellings: [string, (secret: string) => string][] = [
    ["as it is", (secret) => secret],
    ["in a JSON string", (secret) => JSON.stringify(secret).slice(1, -1)],
    ["percent-encoded", encodeURIComponent],
    ["percent-encoded in lower case", (secret) => lowerCase(encodeURIComponent(secret))],
    [
      "in a path as RFC 6570 has it",
      (secret) =>
        encodeURIComponent(secret)
          .replaceAll("'", "%27")
          .replaceAll("(", "%28")
          .replaceAll(")", "%29")
          .replaceAll("*", "%2A")
          .replaceAll("!", "%21"),
    ],
    [
      "in a form",
      (secret) =>
        new URLSearchParams({ a: secret }).toString().slice(2).replaceAll("*", "%2A").replaceAll("%7E", "~"),
    ],
    ["in base64", base64],
    ["in base64url", (secret) => Buffer.from(secret).toString("base64url")],
  ];

  it.each(spellings)("is hidden %s, each time that it stands there", (_, write) => {
    for (const secret of [value, odd]) {
      const text = redact(`<${write(secret)}> and <${write(secret)}>`);
      expect(text).toMatch(/^<\[secret\].?=*> and <\[secret\].?=*>$/);
    }
  });

  it.each(["", "a", "ab", "abc", "user:", "aä"])(
    "is hidden in base64 together with what stands around it, such as %j before it",
    (before) => {
      for (const secret of [value, odd]) {
        const text = redact(`Basic ${base64(`${before}${secret} and more`)}.`);
        expect(text).toMatch(/^Basic \S*\[secret\]\S*\.$/);
        const rest = text.replace(/^Basic /, "").split("[secret]");
        // Of what is left, no byte is the secret's: at most some of its bits are.
        for (const part of rest)
          expect(Buffer.from(part, "base64").toString()).not.toContain(secret.slice(1, 4));
      }
    },
  );

  it("is hidden where only its beginning stands, as in a message that was cut", () => {
    expect(redact(`Bad key ${value.slice(0, 20)}…`)).toBe("Bad key [secret]…");
    expect(redact(`Bad key ${base64(value).slice(0, 30)}…`)).toBe("Bad key [secret]…");
  });

  it("shows the part of it by which people tell their keys apart", () => {
    expect(redact(`The key ${prefix} is live.`)).toBe(`The key ${prefix} is live.`);
    expect(redact(`The key ${value.slice(0, 17)} is live.`)).toBe("The key [secret] is live.");
  });

  it("shows a longer part where the vendor publishes one, and no more than that", () => {
    const other = `${"acme-live-".repeat(3)}0123456789`;
    const published = other.slice(0, 31);
    protect(other, published);
    // Known again from elsewhere, it is no less public.
    protect(other);
    expect(redact(`The key ${published} is live.`)).toBe(`The key ${published} is live.`);
    expect(redact(`The key ${other.slice(0, 32)} is live.`)).toBe("The key [secret] is live.");
  });

  it("is not taken to be public because a vendor says so of something else", () => {
    const other = "0123456789abcdefghijklmnopqrstuvwxyz";
    protect(other, "9876543210abcdefghijklmnopqrstuvwx");
    expect(redact(other.slice(0, 20))).toBe("[secret]");
  });

  it("is hidden whole where another one begins within it", () => {
    protect("first-secret-of-two");
    protect("of-two-the-second");
    expect(redact("<first-secret-of-two-the-second>")).toBe("<[secret]>");
    expect(redact("<first-secret-of-two><of-two-the-second>")).toBe("<[secret]><[secret]>");
  });

  it("of a few characters is none that could be hidden: the text would be gone with it", () => {
    protect("e");
    protect("admin");
    protect("");
    expect(redact("The user needs to be an administrator.")).toBe("The user needs to be an administrator.");
    protect("hunter");
    expect(redact("The password hunter is wrong.")).toBe("The password [secret] is wrong.");
  });

  it("that is no Unicode is hidden as it would be printed", () => {
    protect("half-a-pair-\ud800");
    expect(redact("half-a-pair-\ufffd")).toBe("[secret]");
  });

  it("whose public part ends within a pair of surrogates is still found", () => {
    const other = `${"k".repeat(16)}🔑${"v".repeat(9)}`;
    protect(other);
    expect(redact(`<${other}>`)).toBe("<[secret]>");
  });
});

describe("a user's name", () => {
  it.each([
    ["no user deploy@acme.example", "no user [secret]"],
    ["no user=deploy%40acme.example&", "no user=[secret]&"],
    ['no user "deploy"', 'no user "[secret]"'],
    ["no user deploy.", "no user [secret]."],
  ])("is hidden where it stands as a word: %s", (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it("is left alone within another word, such as the name of a key that has to be found", () => {
    for (const text of ["deploy-0a1b2c3", "redeploy", "deployment", "deploy_key", "pre-deploy"]) {
      expect(redact(text)).toBe(text);
    }
  });
});

it("a text without secrets stays as it is", () => {
  const text = 'The Xentree key "ci-0a1b2c3" was created.\n\tat file.js:1:2 ünïcödé 🔑';
  expect(redact(text)).toBe(text);
  expect(redact("")).toBe("");
});
