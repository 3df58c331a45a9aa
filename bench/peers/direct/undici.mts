// The requests that our provider sends, sent by undici alone.
import { Agent, request } from "undici";
import { expiryOfKeys } from "../expiry.mts";
import { forEachAtOnce, serve } from "./serve.mts";

await serve(async ({ keys, vendor, concurrency }) => {
  const url = `${vendor.url}/api/admin/api-keys`;
  const dispatcher = new Agent({ connections: concurrency, pipelining: 1 });
  const headers = { authorization: `Bearer ${vendor.token}`, "content-type": "application/json" };
  let ids: string[] = [];

  const send = async (method: "GET" | "POST" | "DELETE", address: string, body: string | null = null) => {
    const answer = await request(address, { method, headers, body, dispatcher });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${method} was answered ${answer.statusCode}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  const create = async () => {
    const made: string[] = Array(keys).fill("");
    await forEachAtOnce(made, concurrency, async (_, index) => {
      const key = await send("POST", url, JSON.stringify(body(index, vendor.organizationId)));
      made[index] = key.id;
    });
    return made;
  };
  const revoke = (old: readonly string[]) =>
    forEachAtOnce(old, concurrency, async (id) => void (await send("DELETE", `${url}/${id}`)));

  return {
    up: async () => {
      ids = await create();
    },
    unchanged: async () => {},
    refresh: async () => {
      // One for the engine's preview, one for its refresh.
      await send("GET", url);
      await send("GET", url);
    },
    rotate: async () => {
      const old = ids;
      ids = await create();
      await revoke(old);
    },
    destroy: () => revoke(ids),
  };
});

function body(index: number, organizationId: string): object {
  return {
    name: `pipeline-${index}`,
    permissions: ["conversations:read", "knowledge:search", "organizations:read"],
    rate_limit_per_minute: 120,
    allowed_ips: ["203.0.113.0/24"],
    organization_id: organizationId,
    expires_at: expiryOfKeys(),
  };
}
