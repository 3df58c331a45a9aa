import { readDefinition } from "../../provider/definition/registry";
import { sameDefinition, upgradeDefinition } from "../../provider/definition/upgrade";

const login = { scheme: "login", login: { path: "/in" }, accessToken: "t" };
const gone = { status: 410 };

/** What a landed version had another spelling for: the old one, and today's. */
const spellings: readonly (readonly [what: string, old: object, today: object])[] = [
  [
    "path parameters",
    { path: "/{team}/keys", parents: { team: { type: "integer" } } },
    { path: "/{team}/keys", pathParameters: { team: { type: "integer" } } },
  ],
  ["what not found is", { absent: gone }, { notFound: gone }],
  [
    "what not found is, of one operation",
    { operations: { list: { absent: gone }, update: [{ absent: [gone] }], get: null } },
    { operations: { list: { notFound: gone }, update: [{ notFound: [gone] }], get: null } },
  ],
  [
    "what unauthorized is",
    { auth: { ...login, rejected: { status: 403 } } },
    { auth: { ...login, unauthorized: { status: 403 } } },
  ],
  [
    "what a login captures",
    { auth: [{ scheme: "basic" }, { ...login, provides: { org: "/org" } }] },
    { auth: [{ scheme: "basic" }, { ...login, captures: { org: "/org" } }] },
  ],
  [
    "a credential in a header of its own",
    { auth: { scheme: "header", header: "X-Key" } },
    { auth: { scheme: "headers", headers: { "X-Key": "{apiKey}" } } },
  ],
  [
    "a credential with a word before it, and of one shape",
    {
      auth: {
        scheme: "header",
        header: "Authorization",
        prefix: "Key ",
        accepts: { pattern: "^k", reason: "no" },
      },
    },
    {
      auth: {
        scheme: "headers",
        headers: { Authorization: "Key {apiKey}" },
        accepts: { apiKey: { pattern: "^k", reason: "no" } },
      },
    },
  ],
  [
    "fields of a login's body",
    {
      auth: {
        ...login,
        login: { path: "/in", usernameField: "email", passwordField: "pass", body: { kind: 1 } },
      },
    },
    {
      auth: {
        ...login,
        login: { path: "/in", body: { kind: 1, email: "{username}", pass: "{password}" } },
      },
    },
  ],
  [
    "the field of a renewal's body, before which no other body went",
    { auth: { ...login, refreshToken: "r", refresh: { path: "/re", tokenField: "token", body: "none" } } },
    { auth: { ...login, refreshToken: "r", refresh: { path: "/re", body: { token: "{refreshToken}" } } } },
  ],
  [
    "a lifetime that no response tells",
    { auth: { ...login, lifetimeSeconds: 60 } },
    { auth: { ...login, expiresInSeconds: 60 } },
  ],
  [
    "a lifetime that some responses tell",
    { auth: { ...login, lifetimeSeconds: 60, expiresInSeconds: "ttl" } },
    { auth: { ...login, expiresInSeconds: "ttl" } },
  ],
  ...(["create", "update", "rotate"] as const).map(
    (name) =>
      [
        `a look at a key after ${name}`,
        { operations: { [name]: { readBack: true } } },
        { operations: { [name]: { verify: true } } },
      ] as const,
  ),
  [
    "a look at a key after it is revoked",
    { operations: { revoke: { confirm: true } } },
    { operations: { revoke: { verify: true } } },
  ],
  [
    "a list that may lack keys, and a get that finds some",
    { operations: { list: { provesAbsence: false }, get: { provesAbsence: true } } },
    { operations: { list: { completeness: "partial" }, get: {} } },
  ],
  [
    "a get that does not find every key",
    { operations: { get: { provesAbsence: false } } },
    { operations: { get: { completeness: "partial" } } },
  ],
  [
    "a list that is never longer than so many keys",
    { operations: { list: { cap: 100 } } },
    { operations: { list: { completeness: { cap: 100 } } } },
  ],
  [
    "a list that leaves out much",
    { operations: { list: { cap: 9, totals: "ignored", provesAbsence: false }, get: {} } },
    { operations: { list: { completeness: ["partial", { cap: 9 }, "uncounted"] }, get: {} } },
  ],
  [
    "where a list is",
    { operations: { list: { envelope: "/data", items: "/data/*/keys" } } },
    { operations: { list: { envelope: "/data/*/keys" } } },
  ],
  [
    "a list of mere texts by name",
    { operations: { list: { keyedBy: "id", scalarAs: "/label" } } },
    { operations: { list: { entries: { key: "id", value: "/label" } } } },
  ],
  [
    "a list whose next page's address is in the body",
    { operations: { list: { pagination: { style: "url", next: "/next" } } } },
    { operations: { list: { pagination: { style: "link", next: "/next" } } } },
  ],
  [
    "one of several values in a condition that says one as well",
    { notFound: { at: "/code", equals: 4, oneOf: [4, 5] } },
    { notFound: { at: "/code", equals: 4 } },
  ],
  [
    "one of several values in a condition",
    {
      notFound: [{ status: 200, at: "/code", oneOf: [4, 5], not: { at: "/a", oneOf: [1] } }],
      success: { all: [{ at: "/a", oneOf: ["x"] }] },
      fields: { active: { when: { at: "/state", oneOf: ["on", "new"] } } },
      operations: { list: { only: { at: "/type", oneOf: ["key"] } } },
    },
    {
      notFound: [{ status: 200, at: "/code", equals: [4, 5], not: { at: "/a", equals: [1] } }],
      success: { all: [{ at: "/a", equals: ["x"] }] },
      fields: { active: { when: { at: "/state", equals: ["on", "new"] } } },
      operations: { list: { only: { at: "/type", equals: ["key"] } } },
    },
  ],
];

const written = (parts: object) => ({
  name: "acme",
  path: "/keys",
  fields: { note: { input: "optional" } },
  ...parts,
});

describe("a definition in the spelling of a landed version", () => {
  it.each(spellings)("is completed as today's: %s", (_, old, today) => {
    expect(readDefinition(written(old))).toEqual(readDefinition(written(today)));
  });

  it.each(spellings)("says the same as today's, so that nothing changes: %s", (_, old, today) => {
    expect(sameDefinition(written(old), written(today))).toBe(true);
    expect(sameDefinition(written(old), written({ ...today, title: "Another" }))).toBe(false);
    expect(sameDefinition(written(old), written({}))).toBe(false);
  });

  it.each(spellings)("is left alone where it is today's: %s", (_, __, today) => {
    expect(upgradeDefinition(written(today))).toEqual(written(today));
  });

  it("is not changed in place", () => {
    for (const [, old] of spellings) {
      const before = JSON.stringify(old);
      upgradeDefinition(old);
      expect(JSON.stringify(old)).toBe(before);
    }
  });

  it("is not taken for one where the words are the vendor's own", () => {
    const today = written({
      operations: { create: { body: { parents: 1, absent: 2 }, headers: { rejected: "x" } } },
      fields: { parents: "absent", provides: { input: "optional", values: { totals: "cap" } } },
    });
    expect(upgradeDefinition(today)).toEqual(today);
  });

  it("is refused where it says a thing in both spellings, which may contradict each other", () => {
    const both = written({ path: "/{team}/keys", parents: { team: {} }, pathParameters: { team: {} } });
    expect(() => readDefinition(both)).toThrow("/parents: there is no such property");
  });

  it.each([undefined, null, 5, "x", [], [{ parents: {} }], { operations: 5, auth: null }, { auth: [1] }])(
    "may be anything, which the reader then refuses: %j",
    (data) => {
      expect(upgradeDefinition(data)).toEqual(data);
    },
  );
});
