import { printable, printableId } from "../../provider/redaction/printable";

const esc = "\u001b";

describe("text from outside", () => {
  it.each([
    ["colours and cursor moves", `a${esc}[31mb${esc}[2Jc`, "abc"],
    ["the same in C1 form", "a\u009b31mb", "ab"],
    ["a window title", `a${esc}]0;owned\u0007b`, "ab"],
    ["a link (OSC 8)", `a${esc}]8;;https://evil.example\u0007b${esc}]8;;\u0007c`, "abc"],
    ["a link in C1 form", "a\u009d8;;x\u009cb", "a 8;;x b"],
    ["line breaks of every kind", "a\r\nb\u0085c\u2028d\u2029e\vf\fg", "a b c d e f g"],
    ["NUL, backspace and delete", "a\u0000b\bc\u007fd", "a b c d"],
    ["overrides of direction", "a\u202eb\u2066c\u2069d\u200fe\u061cf", "a b c d e f"],
    ["what has no width", "a\u200bb\u2060c\ufeffd\u00ade", "a b c d e"],
    ["tags", "a\u{e0041}\u{e007f}b", "a b"],
    ["half a surrogate pair", "a\ud800b", "a b"],
    ["an escape without end", `a${esc}`, "a "],
    ["colour commands of the engine's", "a<{%fg 1%}>b<{%", "a {%fg 1%}>b {%"],
    ["one that comes about only when another is gone", `a<${esc}[0m{%b`, "a {%b"],
  ])("is printed without %s", (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it("keeps every letter and sign", () => {
    const text = `Ключ 鍵 🔑 "quoted" <b> 100% {x} \\ é`;
    expect(printable(text)).toBe(text);
  });

  it("is cut at 300 characters", () => {
    expect(printable("x".repeat(300))).toBe("x".repeat(300));
    expect(printable("x".repeat(301))).toBe(`${"x".repeat(300)}…`);
  });

  it("is not read to its end: a vendor could keep us busy for hours with a long one", () => {
    let looked = 0;
    const count = (text: string) => {
      looked = text.length;
      return text;
    };
    const links = `${esc}]8;;a`.repeat(3_000_000);
    expect(printable(`gone${links}`, count)).toMatch(/^gone.*…$/);
    expect(looked).toBeLessThan(4_000);
  });

  it("is searched for secrets once nothing breaks them up, and before a cut could", () => {
    const hide = (text: string) => text.replaceAll("canary", "[secret]");
    expect(printable(`can${esc}[0mary`, hide)).toBe("[secret]");
    expect(printable(`${"x".repeat(297)}canary`, hide)).toBe(`${"x".repeat(297)}[se…`);
  });
});

describe("an id that the engine prints", () => {
  it("stays as it is where it is harmless", () => {
    const id = "497f6eca-6276-4993-bfeb-53cbbbba6f08/a::b%20 ключ <x>";
    expect(printableId(id)).toBe(id);
  });

  it("has no characters that act on a terminal, and is still one of its own", () => {
    const ids = ["a\u001b[31m", "a\u009b31m", "a\n[31m", "a\u202e[31m", "a<{%fg 1%}>", "a[31m"];
    const printed = ids.map(printableId);
    expect(printed.join("")).not.toMatch(/\p{Cc}|\p{Cf}|<\{%/u);
    expect(new Set(printed).size).toBe(ids.length);
    expect(printed.slice(0, 4)).toEqual(["a%1B[31m", "a%C2%9B31m", "a%0A[31m", "a%E2%80%AE[31m"]);
  });
});
