import type { ServiceDefinitionInput } from "../../provider/definition/definition";
import { closeAll, json, serve } from "../support/http/loopback";
import { checkLive } from "../support/lifecycle/liveCheck";

afterEach(closeAll);

type Key = Record<string, unknown> & { readonly id: string };
type Part = Omit<ServiceDefinitionInput, "name" | "path">;

/** A value that must not be printed. */
const canary = (count: number) => `acme-canary-${count}-0123456789`;

/**
 * A live check at a vendor that can change a key in place and rotate it.
 *
 * @param rotated what a rotation makes of the keys. Default: it leaves them as they are
 */
async function tried(
  part: Part,
  args = {},
  rotated: (keys: readonly Key[]) => readonly Key[] = (keys) => keys,
) {
  let keys: readonly Key[] = [];
  let values = 0;
  const { received, url } = await serve((response, { method, url: path, body }) => {
    const [, id, action] = /^\/keys(?:\/(\w+))?(?:\/(\w+))?$/.exec(path) ?? ["", "none"];
    const key = keys.find((one) => one.id === id);
    if (id !== undefined && !key)
      return json(response, 404, { error: { code: "no_such_key", message: "No such key." } });
    if (method === "GET") return json(response, 200, key ?? keys);
    if (method === "DELETE") {
      keys = keys.filter((one) => one !== key);
      return json(response, 200, {});
    }
    if (method === "PATCH") {
      keys = keys.map((one) => (one === key ? { ...one, ...JSON.parse(body) } : one));
      return json(response, 200, { ...key, ...JSON.parse(body) });
    }
    if (action !== undefined && action !== "rotate")
      return json(response, 404, { error: { message: "No such key." } });
    values++;
    if (key) {
      keys = rotated(keys);
      return json(response, 200, { ...keys.at(-1), value: canary(values) });
    }
    const made = { id: "k1", ...JSON.parse(body) };
    keys = [...keys, made];
    json(response, 201, { ...made, value: canary(values) });
  });
  const written = { name: "acme", path: "/keys", ...part };
  const { good, told } = await checkLive(written, url, undefined, Date.UTC(2026, 0, 1), args);
  expect(told).not.toContain("canary");
  const sent = received.map(
    ({ method, url: path, body }) => `${method} ${path}${body === "" ? "" : ` ${body}`}`,
  );
  return { good, told, sent: sent.filter((line) => !line.startsWith("GET")), left: keys };
}

const fields = { note: { input: "optional" }, expiresAt: { input: "optional" } } as const;

describe("a live check of what changes a key", () => {
  it("sets the fields of each update to what they are, and rotates the key before it revokes it", async () => {
    const operations = {
      update: [{ fields: ["note", "expiresAt"] }, { fields: ["name"] }],
      rotate: {},
    } as const;
    const { good, told, sent, left } = await tried({ fields, operations }, { note: "x" });
    expect(told).toMatch(/^update of note, expiresAt: HTTP 200$/m);
    expect(told).toMatch(/^update of name: HTTP 200$/m);
    expect(told).toMatch(/^rotate: HTTP 200$/m);
    expect(good).toBe(true);
    expect(sent).toEqual([
      'POST /keys {"name":"pulumi-apikeys-check-0000001","note":"x"}',
      'PATCH /keys/k1 {"note":"x"}',
      'PATCH /keys/k1 {"name":"pulumi-apikeys-check-0000001"}',
      "POST /keys/k1/rotate",
      "DELETE /keys/k1",
    ]);
    expect(left).toEqual([]);
  });

  it("says so where the key has nothing to set again", async () => {
    const operations = { update: { fields: ["note"] } } as const;
    const { good, told, sent } = await tried({ fields, operations });
    expect(told).toContain("update of note: not tried, for the key has none of these; give one by --args");
    expect(good).toBe(true);
    expect(sent).toHaveLength(2);
  });

  it.each<[string, Part["operations"], RegExp]>([
    ["update", { update: { path: "/keyz/{keyId}", fields: ["name"] } }, /^! update: .*HTTP 404/m],
    ["rotate", { rotate: { path: "/keys/{keyId}/rotat" } }, /^! rotate: .*HTTP 404/m],
  ])("fails for a typo in the path of %s, and revokes the key", async (_, operations, complaint) => {
    const { good, told, left } = await tried({ fields, operations });
    expect(told).toMatch(complaint);
    expect(good).toBe(false);
    expect(left).toEqual([]);
  });

  it("revokes both keys where a rotation makes another and leaves the first", async () => {
    const twice = (keys: readonly Key[]) => keys.flatMap((key) => [key, { ...key, id: "k2" }]);
    const { sent, left } = await tried({ fields, operations: { rotate: {} } }, {}, twice);
    expect(sent.slice(-2)).toEqual(["DELETE /keys/k2", "DELETE /keys/k1"]);
    expect(left).toEqual([]);
  });

  it("shows the response to rotate where the value is not found in it, without the value", async () => {
    const rotatedAt = { value: { wire: { created: "value", rotated: "secret" } } } as const;
    const { good, told, left } = await tried({
      fields: { ...fields, ...rotatedAt },
      operations: { rotate: {} },
    });
    expect(told).toMatch(/^rotate: HTTP 200$/m);
    expect(told).toMatch(/! value +secret +absent/);
    expect(told).toMatch(/^! rotate: It is not known whether .* has another value now/m);
    expect(told).not.toContain("pulumi up");
    expect(good).toBe(false);
    expect(left).toEqual([]);
  });
});
