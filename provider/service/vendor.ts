import type { Connection } from "../connections";
import type { HttpClient } from "../http/client";
import type { Clock } from "../http/clock";
import { atPointer } from "../json/pointer";
import type { Known, Parents, Vendor } from "../lifecycle/vendor";
import { json, succeeded } from "./answers";
import type { CreateDefinition, ServiceDefinition } from "./definition";
import { incompleteList } from "./incompleteList";
import { KeyLists } from "./keyLists";
import { Calls, type Observer } from "./operations/calls";
import { type Look, make } from "./operations/create";
import { get } from "./operations/get";
import { Identifier } from "./operations/identify";
import { list } from "./operations/list";
import { revoke } from "./operations/revoke";
import { update } from "./operations/update";
import type { CreatedKey, UnidentifiedKey } from "./wire/key";

/** The vendor of a definition, over HTTP. */
export function httpVendor(
  definition: ServiceDefinition,
  connection: Pick<Connection, "name" | "listLagMs">,
  http: HttpClient,
  clock: Clock,
  observe?: Observer,
): Vendor {
  // Without the credentials, which have no business where requests are worded.
  const calls = new Calls(definition, connection.name, http, clock, observe);
  const { operations, tenant, title } = definition;
  const incomplete = incompleteList(title, connection.name);
  const listing = operations.list;
  const getting = operations.get;
  const rotating = operations.rotate;
  const lists = listing && new KeyLists((parents) => list(calls, listing, parents, incomplete), incomplete);
  const look: Look = async (parents, keyId, known) => {
    if (getting?.provesAbsence || !lists) return getting && get(calls, getting, parents, keyId, known);
    return (await lists.read(parents, "fresh")).find(({ id }) => id === keyId);
  };
  const identifier = lists && new Identifier(calls, lists, clock, connection.listLagMs);
  const inputNames = Object.keys(definition.fields).filter((name) => definition.fields[name]?.input);
  const whoami = tenant?.whoami;
  const identified = async (
    { identify }: CreateDefinition,
    parents: Parents,
    inputs: Known,
    act: () => Promise<CreatedKey | UnidentifiedKey>,
  ): Promise<CreatedKey> => {
    if (identify && identifier) return identifier.identified(identify, parents, inputs, act);
    const made = await act();
    if (made.id !== undefined) return made;
    throw calls.unknownOutcome(
      `create API key ${JSON.stringify(inputs.name)}`,
      "a success without the key's id",
    );
  };

  return {
    origin: http.origin,
    ...(lists && { list: (parents, freshness) => lists.read(parents, freshness) }),
    ...(lists && listing?.pagination && { settle: (parents, keys) => lists.settle(parents, keys) }),
    ...(getting && { get: (parents, keyId, known) => get(calls, getting, parents, keyId, known) }),
    create: (parents, inputs) => {
      const what = `create API key ${JSON.stringify(inputs.name)}`;
      const sent = { place: "create", names: inputNames, inputs } as const;
      return identified(operations.create, parents, inputs, () =>
        make(calls, operations.create, "created", { parents, known: inputs, what, sent }, look),
      );
    },
    ...(operations.update.length > 0 && {
      update: (parents, known, inputs, changed) => {
        lists?.forget();
        return update(calls, parents, known, inputs, changed, look);
      },
    }),
    ...(rotating && {
      rotate: (parents: Parents, known: Known, inputs: Known) => {
        lists?.forget();
        const what = `rotate API key ${JSON.stringify(known.name)}`;
        const renewed = { ...known, expiresAt: inputs.expiresAt, expiresIn: inputs.expiresIn };
        return keepingId(known, () =>
          make(calls, rotating, "rotated", { parents, known: renewed, what }, look),
        );
      },
    }),
    revoke: (parents, keyId, name, known = {}) => {
      lists?.forget();
      return revoke(calls, parents, keyId, { name, ...known }, look);
    },
    ...(whoami && { tenant: () => whose(calls, whoami) }),
  };
}

/** A rotation whose answer tells no id has kept the key's own. */
async function keepingId(
  known: Known,
  act: () => Promise<CreatedKey | UnidentifiedKey>,
): Promise<CreatedKey> {
  const made = await act();
  return { ...made, id: made.id ?? String(known.keyId) };
}

/** Whose the credentials are. */
async function whose(
  calls: Calls,
  whoami: NonNullable<NonNullable<ServiceDefinition["tenant"]>["whoami"]>,
): Promise<string> {
  const what = "tell whose the credentials are";
  const response = await calls.http.send({ method: "GET", path: whoami.path, what });
  const tenant = succeeded({}, response) ? atPointer(json(response), whoami.tenant) : undefined;
  if (typeof tenant === "string") return tenant;
  throw calls.problem(what, response);
}
