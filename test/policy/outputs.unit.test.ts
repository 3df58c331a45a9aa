import { valueNotPlainOutput } from "../../policy/rules/valueNotPlainOutput";
import { readStack } from "../../policy/stack/readStack";
import { engineUnknown } from "../../provider/base/unknown";
import { secretMark } from "../../provider/host/engineProperties";
import { shown } from "./violations";

const value = "xntr-PFhM48HE_90+secret/";
const secret = (inner: unknown) => ({ ...secretMark, value: inner });

/** Which outputs a rule finds fault with, where a key has a value and the stack has these outputs. */
function faulty(
  outputs: object,
  { allowSecret = true, keyOutputs = { value: secret(value) } as object } = {},
) {
  const key = shown("ci", {});
  const sent = [
    { urn: key.urn, type: key.type, outputs: keyOutputs },
    { urn: "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev", type: "pulumi:pulumi:Stack", outputs },
  ] as Parameters<typeof readStack>[1];
  const resources = [key] as unknown as Parameters<typeof readStack>[0]["resources"];
  const stack = readStack({ resources, stackTags: new Map() }, sent);
  return valueNotPlainOutput.judgeStack(stack, { allowSecret }).map(([, { wrong }]) => wrong);
}

const shows = (output: string) => `the stack output "${output}" shows its value to everyone`;

describe("api-key-value-not-plain-output", () => {
  it.each([
    ["as it is", { token: value }],
    ["deep within", { token: { a: [{ b: value }] } }],
    ["within a text", { token: `Bearer ${value}` }],
    ["in base64", { token: Buffer.from(`{"key":"${value}"}`).toString("base64") }],
    ["in an address", { token: `https://a.example/?key=${encodeURIComponent(value)}` }],
    ["beside a secret", { token: [secret(value), value] }],
  ])("finds a value that is shown %s", (_, outputs) => {
    expect(faulty(outputs)).toEqual([shows("token")]);
  });

  it.each([
    ["a secret", { token: secret(value) }],
    ["a part of a secret", { token: secret({ a: [value] }) }],
    ["not known yet", { token: engineUnknown }],
    ["another text", { prefix: value.slice(0, 6), n: 1, none: null }],
  ])("finds no fault with an output that is %s", (_, outputs) => {
    expect(faulty(outputs)).toEqual([]);
  });

  it("finds a previous value", () => {
    expect(faulty({ old: "previous-1" }, { keyOutputs: { previousValue: "previous-1" } })).toEqual([
      shows("old"),
    ]);
  });

  it("compares nothing with a value that is not known, is empty, or is not in the state", () => {
    for (const keyOutputs of [{ value: engineUnknown }, { value: secret("") }, {}]) {
      expect(faulty({ token: engineUnknown, empty: "", open: "text" }, { keyOutputs })).toEqual([]);
    }
  });

  it("looks for a short value as a whole text only", () => {
    expect(faulty({ one: "abc", more: "xabcx" }, { keyOutputs: { value: "abc" } })).toEqual([shows("one")]);
  });

  it("finds secrets too, where they are not allowed", () => {
    expect(faulty({ token: secret(value), open: "text" }, { allowSecret: false })).toEqual([
      'the stack output "token" holds its value, and outputs may not, even as secrets',
    ]);
  });
});
