import { unknownValue } from "../../provider/base/unknown";
import type { ServiceDefinition } from "../../provider/definition/definition";
import { check, type Properties } from "../support/lifecycle/lifecycle";
import { program } from "../support/lifecycle/modelEngine";
import { ModelWorld } from "../support/lifecycle/world";
import { acme, applications, parse, sendkit, xentree } from "../support/vendor/definitions";

function failures(definition: ServiceDefinition, args: Properties): readonly string[] {
  return check(new ModelWorld(definition), {}, program(definition, args)).failures;
}

const unique = parse({ ...acme(), uniqueNames: true });

describe("a schedule that cannot be kept is refused, with the reason:", () => {
  it.each<[string, ServiceDefinition, Properties, string]>([
    [
      "an overlap as long as the period",
      xentree,
      { rotation: { every: "7d", overlap: "7d" } },
      "xentree.ApiKey: rotation.overlap (7d) must be shorter than rotation.every (7d), or the previous key would never be gone before the next renewal.",
    ],
    [
      "a lifetime shorter than period and overlap, with the sum",
      xentree,
      { expiresIn: "36d", rotation: { every: "30d", overlap: "7d" } },
      "xentree.ApiKey: expiresIn (36d) is shorter than rotation.every and rotation.overlap together (37d), so a key would end while it is in use.",
    ],
    [
      "the same in hours",
      xentree,
      { expiresIn: "30d", rotation: { every: "30d", overlap: "6h" } },
      "xentree.ApiKey: expiresIn (30d) is shorter than rotation.every and rotation.overlap together (726h), so a key would end while it is in use.",
    ],
    [
      "a lifetime shorter than the period",
      applications,
      { expiresIn: "29d", rotation: { every: "30d" } },
      "applications.ApiKey: expiresIn (29d) is shorter than rotation.every (30d), so a key would end while it is in use.",
    ],
    [
      "an overlap where there is room for one key",
      sendkit,
      { rotation: { overlap: "7d" } },
      "sendkit.ApiKey: rotation.overlap cannot be kept: SendKit has room for one key only, so the old one goes before the new one is made.",
    ],
    [
      "an overlap where names are unique",
      unique,
      { rotation: { overlap: "7d" } },
      "acme.ApiKey: rotation.overlap cannot be kept: Acme refuses a second key of the same name beside the first.",
    ],
    [
      "beforeExpiry where keys do not expire",
      sendkit,
      { rotation: { beforeExpiry: "14d" } },
      "sendkit.ApiKey: rotation.beforeExpiry has no meaning: SendKit keys do not expire; use rotation.every.",
    ],
    [
      "beforeExpiry beside a fixed expiry",
      xentree,
      { expiresAt: "2027-01-01T00:00:00Z", rotation: { beforeExpiry: "14d" } },
      "xentree.ApiKey: rotation.beforeExpiry renews nothing beside a fixed expiresAt; use expiresIn, which begins anew with each key.",
    ],
    [
      "beforeExpiry as long as the lifetime",
      xentree,
      { expiresIn: "14d", rotation: { beforeExpiry: "14d" } },
      "xentree.ApiKey: rotation.beforeExpiry (14d) must be shorter than expiresIn (14d).",
    ],
    [
      "beforeExpiry shorter than the overlap",
      xentree,
      { expiresIn: "90d", rotation: { beforeExpiry: "6d", overlap: "7d" } },
      "xentree.ApiKey: rotation.beforeExpiry (6d) must be at least rotation.overlap (7d), or the previous key would expire within it.",
    ],
    [
      "an overlap as long as what beforeExpiry leaves",
      xentree,
      { expiresIn: "21d", rotation: { beforeExpiry: "14d", overlap: "7d" } },
      "xentree.ApiKey: rotation.overlap (7d) must be shorter than what rotation.beforeExpiry leaves of expiresIn (7d), or the previous key would never be gone before the next renewal.",
    ],
    [
      "a warning that is neither a lifetime nor off",
      xentree,
      { rotation: { warnBeforeExpiry: "never" } },
      'xentree.ApiKey: rotation.warnBeforeExpiry must be a lifetime, such as "14d", or "off".',
    ],
    [
      "revokeNow that is text",
      xentree,
      { rotation: { revokeNow: "yes" } },
      "xentree.ApiKey: rotation.revokeNow must be true or false.",
    ],
  ])("%s", (_, definition, args, failure) => {
    expect(failures(definition, args)).toEqual([failure]);
  });
});

it.each<[string, ServiceDefinition, Properties]>([
  ["an overlap a little shorter than the period", xentree, { rotation: { every: "7d", overlap: "167h" } }],
  [
    "a lifetime of just period and overlap",
    xentree,
    { expiresIn: "37d", rotation: { every: "30d", overlap: "7d" } },
  ],
  ["a lifetime of just the period", xentree, { expiresIn: "30d", rotation: { every: "30d" } }],
  [
    "beforeExpiry of just the overlap",
    xentree,
    { expiresIn: "90d", rotation: { beforeExpiry: "7d", overlap: "7d" } },
  ],
  ["beforeExpiry where the vendor chooses the expiry", xentree, { rotation: { beforeExpiry: "14d" } }],
  ["names that are unique, without overlap", unique, { rotation: { every: "30d" } }],
  [
    "an overlap of which the period is not known yet",
    xentree,
    { rotation: { every: unknownValue, overlap: "7d" } },
  ],
  [
    "a lifetime that is not known yet",
    xentree,
    { expiresIn: unknownValue, rotation: { every: "30d", overlap: "7d" } },
  ],
  [
    "an expiry that is not known yet, beside beforeExpiry",
    xentree,
    { expiresAt: unknownValue, rotation: { beforeExpiry: "7d" } },
  ],
  ["a rotation that is not known yet", sendkit, { rotation: unknownValue }],
])("%s is no problem", (_, definition, args) => {
  expect(failures(definition, args)).toEqual([]);
});
