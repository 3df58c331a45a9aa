import { instantText } from "../../provider/base/time";
import { check, type Properties } from "../support/lifecycle/lifecycle";
import { created, program } from "../support/lifecycle/modelEngine";
import { day, ModelWorld, start } from "../support/lifecycle/world";
import { acme, parse } from "../support/vendor/definitions";

const hour = day / 24;

/** A vendor that takes an expiry, or a lifetime, in whole days. */
function inDays(request: "date" | "lifetime-days") {
  const { fields, operations, ...rest } = acme();
  return parse({
    ...rest,
    fields: { ...fields, expiresAt: { input: "optional", as: { request, response: "rfc3339" } } },
    operations: {
      ...operations,
      update: { method: "PATCH", path: "/v1/keys/{keyId}", fields: ["expiresAt"] },
    },
  });
}

function failures(request: "date" | "lifetime-days", args: Properties): readonly string[] {
  const definition = inDays(request);
  return check(new ModelWorld(definition), {}, program(definition, args)).failures;
}

describe("a lifetime at a vendor that counts in days", () => {
  // The tests begin at noon.
  it("ends in state at the end of the vendor's day, and not at the hour that the vendor ignores", async () => {
    const { engine } = await created(inDays("date"), { expiresIn: "30d" });
    expect(engine.outputs.expiresAt).toBe(instantText(start + 29.5 * day));
    expect(await engine.up({ expiresIn: "30d" })).toBe("same");
  });

  it("is renewed in time before that end", async () => {
    const args = { expiresIn: "30d", rotation: { beforeExpiry: "12h" } };
    const { engine, world } = await created(inDays("date"), args);
    world.time = start + 29 * day - hour;
    expect(await engine.up(args)).toBe("same");
    world.time = start + 29 * day + hour;
    expect(await engine.up(args)).toBe("replace");
    expect(await engine.up(args)).toBe("same");
  });

  it("ends likewise where an update has moved its end", async () => {
    const { engine, world } = await created(inDays("date"), { expiresIn: "30d" });
    expect(await engine.up({ expiresIn: "60d" })).toBe("update");
    expect(engine.outputs.expiresAt).toBe(instantText(Math.floor((world.time + 60 * day) / day) * day));
    expect(await engine.up({ expiresIn: "60d" })).toBe("same");
  });
});

describe("an expiry that such a vendor cannot store is refused:", () => {
  it.each([
    [
      "a lifetime shorter than a day, told as a date",
      "date",
      { expiresIn: "23h" },
      "expiresIn (23h) is too short for Acme, which counts in whole days",
    ],
    [
      "a moment of this day, told as a date",
      "date",
      { expiresAt: instantText(start + 6 * hour) },
      "expiresAt is too soon for Acme, which counts in whole days; give a later moment",
    ],
    [
      "a moment within a day, told as days",
      "lifetime-days",
      { expiresAt: instantText(start + 23 * hour) },
      "expiresAt is too soon for Acme, which counts in whole days; give a later moment",
    ],
  ] as const)("%s", (_, request, args, reason) => {
    expect(failures(request, args)).toEqual([`acme.ApiKey: ${reason}.`]);
  });

  it.each([
    ["date", { expiresIn: "24h" }],
    ["date", { expiresAt: instantText(start + 13 * hour) }],
    ["lifetime-days", { expiresIn: "24h" }],
    ["lifetime-days", { expiresAt: instantText(start + day) }],
  ] as const)("but not as %s %j", (request, args) => {
    expect(failures(request, args)).toEqual([]);
  });
});
