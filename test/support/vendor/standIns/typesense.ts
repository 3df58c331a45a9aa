import { Refusal, type Reply } from "../../../../sandbox/http";
import type { Call } from "../../../../sandbox/routing";
import { HeldKeys } from "./heldKeys";
import { isTexts, mint, objectIn } from "./request";
import type { StandInApi } from "./standIn";

interface Key {
  id: number;
  description: string;
  actions: string[];
  collections: string[];
  expires_at: number;
  value_prefix: string;
}

export const bootstrapKey = "bootstrap";

/** What the server tells of a key without an expiry: a moment in the year 4020. */
const never = 64_723_363_199;

/**
 * Keys of a server.
 *
 * @see https://typesense.org/docs/latest/api/api-keys.html
 */
export function typesense(now: () => number): StandInApi {
  const keys = new HeldKeys<Key>(
    ({ description }) => description,
    ({ expires_at }) => expires_at * 1_000 > now(),
  );

  const list = (call: Call): Reply => {
    admit(call);
    return { status: 200, body: { keys: keys.present().map(({ wire }) => wire) } };
  };

  const one = (call: Call) => {
    admit(call);
    const found = keys.find(call.param("id"));
    if (found) return found;
    throw refusal(404, "Not found.");
  };

  const create = (call: Call): Reply => {
    admit(call);
    const { description, actions, collections, expires_at = never } = objectIn(call) ?? {};
    if (typeof description !== "string") throw refusal(400, "Parameter `description` is required.");
    if (!isTexts(actions)) throw refusal(400, "Parameter `actions` must be an array of string.");
    if (!isTexts(collections)) throw refusal(400, "Parameter `collections` must be an array of string.");
    if (typeof expires_at !== "number") throw refusal(400, "Parameter `expires_at` must be an integer.");
    const id = keys.all().length + 1;
    const value = mint("");
    const wire = { id, description, actions, collections, expires_at };
    keys.add(String(id), value, { ...wire, value_prefix: value.slice(0, 4) });
    return { status: 201, body: { ...wire, value } };
  };

  const remove = (call: Call): Reply => {
    const held = one(call);
    held.revoked = true;
    return { status: 200, body: { id: held.wire.id } };
  };

  return {
    routes: [
      { method: "GET", template: "/keys", handle: list },
      { method: "POST", template: "/keys", handle: create },
      { method: "GET", template: "/keys/{id}", handle: (call) => ({ status: 200, body: one(call).wire }) },
      { method: "DELETE", template: "/keys/{id}", handle: remove },
    ],
    error: (status) => message(status, status === 404 ? "Not Found" : `Error ${status}`),
    live: () => keys.live(),
    revoke: (id) => keys.revoke(id),
    change: (id, patch) => keys.change(id, patch),
  };
}

function admit({ headers }: Call): void {
  if (headers["x-typesense-api-key"] !== bootstrapKey) {
    throw refusal(401, "Forbidden - a valid `x-typesense-api-key` header must be sent.");
  }
}

function refusal(status: number, text: string): Refusal {
  return new Refusal(message(status, text));
}

function message(status: number, text: string): Reply {
  return { status, body: { message: text } };
}
