import type { ServiceDefinitionInput } from "../../provider/definition/definition";
import { closeAll, json, serve } from "../support/http/loopback";
import { checkLive } from "../support/lifecycle/liveCheck";

afterEach(closeAll);

type Answer = readonly [status: number, body: unknown];
type Part = Omit<ServiceDefinitionInput, "name" | "path">;

const value = "acme-0123456789abcdefghij";

/** A vendor of one key, which is what a POST names it until a DELETE; `answers` deviates. */
async function tried(part: Part, answers: (method: string, url: string, name: string) => Answer | undefined) {
  let name: string | undefined;
  const { url } = await serve((response, { method, url: path, body }) => {
    if (method === "POST") name = JSON.parse(body).name;
    const own = name === undefined ? undefined : answers(method, path, name);
    if (own) return json(response, ...own);
    if (method === "DELETE") name = undefined;
    json(response, 200, method !== "GET" ? {} : name === undefined ? [] : [{ id: "k1", name }]);
  });
  return checkLive({ name: "acme", path: "/keys", ...part }, url, undefined, Date.UTC(2026, 0, 1));
}

describe("a live check", () => {
  it("shows no secret that only the list or only the answer to create tells, and finds no fault with it", async () => {
    const fields = {
      value: "key",
      signing: { secret: true, wire: { created: "s", read: "signing" } },
      hooks: { type: "strings", secret: true },
    } as const;
    const secrets = ["sign-canary-0123456789", "hook-canary-0123456789"] as const;
    const { good, told } = await tried({ fields }, (method, _, name) => {
      const key = { id: "k1", name, hooks: [secrets[1]] };
      if (method === "POST") return [201, { ...key, key: value }];
      return method === "GET" ? [200, [{ ...key, signing: secrets[0] }]] : undefined;
    });
    expect(told).toMatch(/hooks +hooks +received, a secret/);
    expect(told).toMatch(/signing +signing +received again; not used from here/);
    expect(told).not.toContain("canary");
    expect(told).not.toMatch(/received, but not as/);
    expect(good).toBe(true);
  });

  it("accepts a create without an id in its response when the list has it", async () => {
    const operations = { create: { identify: "name" } } as const;
    const { good, told } = await tried({ fields: { value: "key" }, operations }, (method, _, name) =>
      method === "POST" ? [201, { key: value, name }] : undefined,
    );
    expect(told).toMatch(/^ {4}id +id +absent; the list has it/m);
    expect(told).toMatch(/name +name +as requested: "pulumi-apikeys-check-/);
    expect(good).toBe(true);
  });

  it("shows the request that reveals the value, and accepts a create that does not", async () => {
    const operations = { reveal: { method: "GET", path: "/keys/{keyId}/secret" } } as const;
    const { good, told } = await tried({ fields: { value: "key" }, operations }, (method, url, name) => {
      if (url.endsWith("/secret")) return [200, { key: value }];
      return method === "POST" ? [201, { id: "k1", name }] : undefined;
    });
    expect(told).toMatch(/value +key +absent; reveal asks for it/);
    expect(told).toContain(`reveal: HTTP 200\n`);
    expect(told).toMatch(/value +key +a secret of 25 characters/);
    expect(told).not.toContain(value);
    expect(good).toBe(true);
  });

  it("names the key that it could not revoke, and fails", async () => {
    const { good, told } = await tried({ fields: { value: "key" } }, (method, _, name) => {
      if (method === "DELETE") return [403, { message: "Forbidden" }];
      return method === "POST" ? [201, { id: "k1", name, key: value }] : undefined;
    });
    expect(told).toMatch(/! The key k1, named "pulumi-apikeys-check-\w+", is left and may be live\./);
    expect(told).toMatch(/! revoke: .*403/);
    expect(good).toBe(false);
  });

  it("tells a failed create by its error alone, without what only helps who has a stack", async () => {
    const { told, failure } = await tried({ fields: { value: "key" } }, (method) =>
      method === "POST" ? [500, { error: { message: "Boom." } }] : [200, []],
    );
    expect(told).toBe("");
    expect(failure).toMatch(
      /HTTP 500.*no key of it has appeared.* Look for it there later, and revoke it\.$/,
    );
    expect(failure).not.toMatch(/recover|pulumi up/);
  });

  it("shows the response to create where it is a success without the value", async () => {
    const { told, failure } = await tried({ fields: { value: "key" } }, (method, _, name) =>
      method === "POST" ? [201, { token: { id: "k1", name, key: value } }] : [200, []],
    );
    expect(told).toMatch(/^ {2}! value +key +absent\n {4}not used by any field: /m);
    expect(told).not.toContain(value);
    expect(failure).toMatch(/without the key's value.* Look for it there later, and revoke it\.$/);
  });
});
