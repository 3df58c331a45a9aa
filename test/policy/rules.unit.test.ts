import { policedKey } from "../../policy/resources/policedKey";
import { rules } from "../../policy/rules";
import { sentence } from "../../policy/rules/rule";
import type { RuleName } from "../../policy/settings";
import { broken, configured, ruleOf, settingsOf, shown, sound } from "./violations";

type Shown = Parameters<typeof policedKey>[0];

/** What a rule says of a key; undefined where it finds no fault. */
function judged(name: RuleName, resource: Shown, given: object = {}, tags = new Map<string, string>()) {
  const rule = ruleOf(name);
  const key = policedKey(resource, tags);
  if (!key || !("judge" in rule)) throw new Error("There is nothing to judge.");
  const fault = rule.judge(key, settingsOf(name, given));
  return fault && sentence(key, name, fault);
}

const keyRules = rules.flatMap((rule) => ("judge" in rule ? [rule.name] : []));
const definition = {
  name: "acme",
  baseUrl: "https://api.acme.example",
  path: "/v1/api-keys",
  fields: {
    value: "key",
    scopes: { type: "strings", input: "optional", set: true },
    origins: { type: "strings", format: "ip-range", input: "optional" },
  },
};
const ofAcme = (props: object) => shown("own", { service: "acme", connection: "acme", definition, ...props });

describe("the rules", () => {
  it("have an example each of a key that breaks them", () => {
    expect(Object.keys(broken)).toEqual(rules.map(({ name }) => name));
  });

  it.each(keyRules)("%s prints what its document says of the program there", (name) => {
    const violation = broken[name];
    const { service = "xentree", args, options } = violation;
    const resource = shown(violation.name, { service, connection: service, ...args }, options);
    expect(judged(name, resource, configured(name))).toBe(violation.prints);
  });

  it.each(keyRules)("%s finds no fault with a key that keeps every rule", (name) => {
    expect(
      judged(name, shown("sound", { ...sound, name: "sound-1a2b3c4" }), configured(name)),
    ).toBeUndefined();
  });

  it("that need configuration do nothing without", () => {
    for (const name of ["api-key-lifetime", "api-key-name", "api-key-service"] as const) {
      expect(judged(name, shown("ci", { name: "ci" }))).toBeUndefined();
    }
  });

  it("quote what a program has called a key, so that a name cannot print lines of its own", () => {
    expect(judged("api-key-renewed-by-time", shown("ci\n\u001b[2Kfine", {}))).toContain(
      '"ci\\n\\u001b[2Kfine"',
    );
  });
});

describe.each<[RuleName, [what: string, resource: Shown, given: object, says: string | undefined][]]>([
  [
    "api-key-lifetime",
    [
      [
        "period and overlap together",
        shown("ci", { rotation: { every: "30d", overlap: "7d" } }),
        { maxDays: 36 },
        "37d",
      ],
      [
        "exactly as long as allowed",
        shown("ci", { rotation: { every: "30d", overlap: "7d" } }),
        { maxDays: 37 },
        undefined,
      ],
      [
        "the expiry, where it is first",
        shown("ci", { expiresIn: "12w", rotation: { every: "90d" } }),
        { maxDays: 80 },
        "84d",
      ],
      [
        "a fixed expiry, from the key's beginning",
        shown("ci", { expiresAt: "2027-11-01T00:00:00Z" }),
        { maxDays: 364 },
        "365d",
      ],
      [
        "no end at all",
        shown("ci", {}),
        { maxDays: 9 },
        "nothing ends it, and 9d is the most; give it expiresIn or rotation.every of at most 9d",
      ],
      [
        "no end, of a vendor without expiries",
        shown("mail", { service: "sendkit" }),
        { maxDays: 9 },
        "; give it rotation.every of",
      ],
    ],
  ],
  [
    "api-key-renewed-by-time",
    [
      ["a lifetime", shown("ci", { expiresIn: "90d" }), {}, undefined],
      ["a margin of a vendor's own expiry", shown("ci", { rotation: { beforeExpiry: "7d" } }), {}, undefined],
      ["triggers alone", shown("ci", { rotation: { triggers: { version: 1 } } }), {}, "no time renews it"],
      [
        "an expiry that is fixed",
        shown("ci", { expiresAt: "2027-11-01T00:00:00Z" }),
        {},
        "no time renews it",
      ],
    ],
  ],
  [
    "api-key-overlap-in-production",
    [
      [
        "a stack that is named",
        shown("ci", {}, { stack: "live" }),
        { stacks: ["live"] },
        'the stack "live" is production',
      ],
      ["a stack that is not", shown("ci", {}), { stacks: ["live"] }, undefined],
      [
        "a protected key of a vendor with room for one",
        shown("mail", { service: "sendkit" }, { protect: true }),
        {},
        undefined,
      ],
      ["an overlap", shown("ci", { rotation: { overlap: "1h" } }, { protect: true }), {}, undefined],
    ],
  ],
  [
    "api-key-no-wildcard-permission",
    [
      [
        "one that is allowed as it is written",
        shown("ci", { permissions: ["logs:*"] }),
        { allow: ["logs:*"] },
        undefined,
      ],
      [
        "one beside one that is allowed",
        shown("ci", { permissions: ["logs:*", "*"] }),
        { allow: ["logs:*"] },
        'permissions has "*"',
      ],
      [
        "one in JSON",
        shown("ci", { accessRules: [{ collection: "*", access: "r" }] }),
        {},
        'accessRules has "*"',
      ],
      ["one of a service of one's own", ofAcme({ scopes: ["read:*"] }), {}, 'scopes has "read:*"'],
      ["an asterisk elsewhere", shown("ci", { name: "ci *", domains: ["*.example.com"] }), {}, undefined],
      [
        "an argument that is named",
        shown("ci", { domains: ["*.example.com"] }),
        { fields: ["domains"] },
        "domains has",
      ],
    ],
  ],
  [
    "api-key-allowed-addresses",
    [
      ["none", shown("ci", {}), {}, "without allowedIps it works from every address; list"],
      ["an empty list", shown("ci", { allowedIps: [] }), {}, "without allowedIps"],
      [
        "all of IPv6, beside some",
        shown("ci", { allowedIps: ["10.0.0.0/8", "::/0"] }),
        {},
        'allowedIps has "::/0"',
      ],
      ["all, written otherwise", shown("ci", { allowedIps: ["1.2.3.4/0"] }), {}, "every address"],
      [
        "a wide range that is not all",
        shown("ci", { allowedIps: ["10.0.0.0/8", "2001:db8::/32"] }),
        {},
        undefined,
      ],
      ["none, of a service without such a field", shown("mail", { service: "sendkit" }), {}, undefined],
      ["none, in a field that the definition calls otherwise", ofAcme({}), {}, "without origins"],
      [
        "the wildcard of a service whose definition is not seen",
        shown("own", { service: "acme", cidrs: ["*"] }, { type: "acme:index:ApiKey" }),
        {},
        'cidrs has "*"',
      ],
    ],
  ],
  [
    "api-key-value-in-store-only",
    [
      [
        "a store and the state",
        shown("ci", { deliver: [{ store: "file" }] }),
        {},
        ": the state holds its value;",
      ],
      [
        "neither store nor state",
        shown("ci", { encryptTo: ["age1"], valueInState: false }),
        {},
        ": no store is given it;",
      ],
      ["the state alone", shown("ci", {}), {}, ": the state holds its value, and no store is given it;"],
    ],
  ],
  [
    "api-key-name",
    [
      [
        "a name that was made up",
        shown("ci", { name: "ci-1a2b3c4", autonamed: true }),
        { pattern: "^team-" },
        "rename the resource",
      ],
      [
        "a pattern that is none",
        shown("ci", { name: "ci" }),
        { pattern: "(" },
        "no regular expression; correct the configuration",
      ],
      ["a service without names", shown("ci", {}), { pattern: "^team-" }, undefined],
    ],
  ],
  [
    "api-key-service",
    [
      ["no service at all", shown("ci", {}), { allow: [] }, "(none)"],
      ["a service of one's own", ofAcme({}), { allow: ["acme"] }, undefined],
    ],
  ],
  [
    "api-key-revoke-now",
    [
      [
        "an incident",
        shown("ci", { rotation: { revokeNow: true, triggers: { incident: "INC-7" } } }),
        {},
        undefined,
      ],
      [
        "an incident without a name",
        shown("ci", { rotation: { revokeNow: true, triggers: { incident: "" } } }),
        {},
        "names no incident",
      ],
      [
        "a trigger that is named",
        shown("ci", { rotation: { revokeNow: true, triggers: { leak: 7 } } }),
        { trigger: "leak" },
        undefined,
      ],
      ["revokeNow that is off", shown("ci", { rotation: { revokeNow: false } }), {}, undefined],
    ],
  ],
])("%s", (name, rows) => {
  it.each(rows)("judges %s", (_, resource, given, says) => {
    const said = judged(name, resource, given);
    if (says === undefined) expect(said).toBeUndefined();
    else expect(said).toContain(says);
  });
});

describe("api-key-overlap-in-production", () => {
  it.each([
    ["environment", "production", 'the stack\'s environment is "production"'],
    ["environment", "staging", undefined],
    ["owner", "production", undefined],
  ])("takes a stack of tag %s=%s as it is configured", (tag, value, says) => {
    const said = judged("api-key-overlap-in-production", shown("ci", {}), {}, new Map([[tag, value]]));
    expect(said?.includes(String(says)) ?? says).toBe(says && true);
  });
});
