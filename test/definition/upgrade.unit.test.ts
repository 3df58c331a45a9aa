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
