import { randomUUID } from "node:crypto";
import { Refusal, type Reply } from "../../../../sandbox/http";
import type { Call } from "../../../../sandbox/routing";
import { HeldKeys } from "./heldKeys";
import { mint, objectIn, pageOf, queryOf } from "./request";
import type { StandInApi } from "./standIn";

interface Attributes {
  name: string;
  category: string;
  remote_config_read_enabled: boolean;
  created_at: string;
  modified_at: string;
  last4: string;
  date_last_used: string | null;
}

interface Asked {
  readonly data?: {
    readonly type?: unknown;
    readonly id?: unknown;
    readonly attributes?: Partial<Attributes>;
  };
}

export const datadogApiKey = "dd-api-key";
export const datadogApplicationKey = "dd-application-key";
export const datadogReaderKey = "dd-reader-key";

const collection = "/api/v2/api_keys";

/**
 * API keys of an organisation, as JSON:API has it. One key alone is read with its value, the list is without.
 *
 * @see https://docs.datadoghq.com/api/latest/key-management/
 */
export function datadog(now: () => number): StandInApi {
  const keys = new HeldKeys<Attributes>(({ name }) => name);
  const nowText = () => new Date(now()).toISOString().replace("Z", "+00:00");
  const told = ({ id, wire }: { id: string; wire: Attributes }, shown: object = {}) => ({
    type: "api_keys",
    id,
    attributes: { ...wire, ...shown },
  });

  const list = (call: Call): Reply => {
    admit(call);
    const query = queryOf(call);
    const size = Number(query.get("page[size]") ?? 10);
    const page = Number(query.get("page[number]") ?? 0);
    const all = keys.present().map((held) => told(held));
    return {
      status: 200,
      body: {
        data: pageOf(all, page + 1, size),
        meta: { max_allowed: 50, page: { total_filtered_count: all.length } },
      },
    };
  };

  const one = (call: Call) => {
    admit(call);
    const found = keys.find(call.param("id"));
    if (!found) throw refusal(404, "API key not found");
    return found;
  };

  const attributesOf = (call: Call, id?: string): Partial<Attributes> & { name: string } => {
    const { data } = (objectIn(call) ?? {}) as Asked;
    if (data?.type !== "api_keys") throw refusal(400, "data.type must be api_keys");
    if (id !== undefined && data.id !== id) throw refusal(400, "data.id must be the id in the path");
    const name = data.attributes?.name;
    if (typeof name !== "string" || name === "") throw refusal(400, "data.attributes.name is required");
    return { ...data.attributes, name };
  };

  const create = (call: Call): Reply => {
    admit(call);
    const key = mint("");
    const dates = { created_at: nowText(), modified_at: nowText(), date_last_used: null };
    const usual = { category: "default", remote_config_read_enabled: true, last4: key.slice(-4) };
    const held = keys.add(randomUUID(), key, { ...usual, ...attributesOf(call), ...dates });
    return { status: 201, body: { data: told(held, { key }) } };
  };

  const update = (call: Call): Reply => {
    const held = one(call);
    Object.assign(held.wire, attributesOf(call, held.id), { modified_at: nowText() });
    return { status: 200, body: { data: told(held, { key: held.value }) } };
  };

  const remove = (call: Call): Reply => {
    one(call).revoked = true;
    return { status: 204 };
  };

  const read = (call: Call): Reply => {
    const held = one(call);
    return { status: 200, body: { data: told(held, { key: held.value }) } };
  };

  return {
    routes: [
      { method: "GET", template: collection, handle: list },
      { method: "POST", template: collection, handle: create },
      { method: "GET", template: `${collection}/{id}`, handle: read },
      { method: "PATCH", template: `${collection}/{id}`, handle: update },
      { method: "DELETE", template: `${collection}/{id}`, handle: remove },
    ],
    error: (status) => problem(status, status === 404 ? "Not found" : `Error ${status}`),
    live: () => keys.live(),
    revoke: (id) => keys.revoke(id),
    change: (id, patch) => keys.change(id, patch),
  };
}

/** Two keys, one for the organisation and one for the user. */
function admit({ headers }: Call): void {
  const user = headers["dd-application-key"];
  const known = user === datadogApplicationKey || user === datadogReaderKey;
  if (headers["dd-api-key"] !== datadogApiKey || !known) throw refusal(401, "Unauthorized");
  if (user === datadogReaderKey) throw refusal(403, "Forbidden");
}

function refusal(status: number, text: string): Refusal {
  return new Refusal(problem(status, text));
}

function problem(status: number, text: string): Reply {
  return { status, body: { errors: [text] } };
}
