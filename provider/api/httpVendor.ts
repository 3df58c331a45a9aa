import type { Clock } from "../base/clock";
import type { Connection } from "../connection/connections";
import type { ServiceDefinition } from "../definition/definition";
import { inputFields } from "../definition/inputFields";
import type { HttpClient } from "../http/client";
import type { CreatedKey, Known, PathParameters, UnidentifiedKey, Vendor } from "../vendor";
import { namingVariables } from "./operations/addressing";
import { type Observer, OperationClient } from "./operations/calls";
import { make, type ReadKey } from "./operations/create";
import { get } from "./operations/get";
import { assertManageable, assertNameable, isUnmanageable } from "./operations/manageable";
import { polling } from "./operations/polling";
import { revoke } from "./operations/revoke";
import { update } from "./operations/update";
import { whoami } from "./operations/whoami";
import { incompleteList } from "./pagination/incompleteList";
import { KeyLists } from "./pagination/keyLists";
import { readPages } from "./pagination/pages";
import { secretTold } from "./wire/key";

/** The vendor of a definition, over HTTP. */
export function httpVendor(
  definition: ServiceDefinition,
  connection: Pick<Connection, "name" | "listLagMs">,
  http: HttpClient,
  clock: Clock,
  observe?: Observer,
): Vendor {
  // Without the credentials, which have no business where requests are worded.
  const calls = new OperationClient(definition, connection.name, http, clock, observe);
  const { operations, tenant, title } = definition;
  const incomplete = incompleteList(title, connection.name);
  const listing = operations.list;
  const getting = operations.get;
  const rotating = operations.rotate;
  const asking = tenant?.whoami;
  const lists =
    listing &&
    new KeyLists(
      (pathParameters) => readPages(calls, listing, pathParameters, incomplete),
      incomplete,
      listing.cap,
    );
  const look: ReadKey = async (pathParameters, keyId, known) => {
    if (getting?.provesAbsence || !lists) return getting && get(calls, getting, pathParameters, keyId, known);
    const list = await lists.readVisible(pathParameters, "fresh");
    if (list.proof.unfinished && !list.some(({ id }) => id === keyId)) throw list.proof.unfinished;
    return list.find(({ id }) => id === keyId);
  };
  const patient = polling(look, clock, connection.listLagMs);
  /** What is known of a key, with what the list tells of it where a request to end it would have to name it by more. */
  const completed = async (pathParameters: PathParameters, keyId: string, known: Known): Promise<Known> => {
    const naming = [operations.revoke, operations.remove ?? operations.revoke].flatMap((operation) =>
      namingVariables(definition, operation),
    );
    if (!lists || naming.every((name) => name === "keyId" || known[name] !== undefined)) return known;
    const key = (await lists.readVisible(pathParameters, "fresh")).find(({ id }) => id === keyId);
    const value = key && secretTold(key);
    return { ...key?.fields, ...(value !== undefined && { value }), ...known };
  };
  const inputNames = inputFields(definition);
  const withId = (made: CreatedKey | UnidentifiedKey, what: string): CreatedKey => {
    if (made.id !== undefined) return made;
    throw calls.unknownOutcome(what, "a success without the key's id");
  };

  return {
    origin: http.origin,
    ...(lists && {
      list: (pathParameters, freshness) => lists.read(pathParameters, freshness),
      listVisible: (pathParameters, freshness) => lists.readVisible(pathParameters, freshness),
      completeList: (pathParameters, list) => lists.completeList(pathParameters, list),
      cutShort: (list) => lists.cutShort(list),
    }),
    ...(getting && {
      get: (pathParameters, keyId, known) => get(calls, getting, pathParameters, keyId, known),
    }),
    create: async (pathParameters, inputs) => {
      const what =
        inputs.name === undefined ? "create an API key" : `create API key ${JSON.stringify(inputs.name)}`;
      const sent = { place: "create", names: inputNames, inputs } as const;
      assertNameable(definition, inputs, what);
      const made = await make(
        calls,
        operations.create,
        "created",
        { pathParameters, known: inputs, what, sent },
        look,
      );
      await assertManageable(definition, connection.name, made, what, (keyId, known) =>
        revoke(calls, pathParameters, { keyId, name: String(inputs.name) }, { ...inputs, ...known }, patient),
      );
      // Without a list nobody could find the key.
      return operations.create.identify && lists ? made : withId(made, what);
    },
    ...(operations.update.length > 0 && {
      update: (pathParameters, known, inputs, changed) => {
        lists?.forget();
        return update(calls, pathParameters, known, inputs, changed, patient);
      },
    }),
    ...(rotating && {
      rotate: async (pathParameters: PathParameters, known: Known, inputs: Known) => {
        lists?.forget();
        const what = `rotate API key ${JSON.stringify(known.name ?? known.keyId)}`;
        const renewed = { ...known, expiresAt: inputs.expiresAt, expiresIn: inputs.expiresIn };
        const made = await make(calls, rotating, "rotated", { pathParameters, known: renewed, what }, look);
        const renamed = withId(made, what);
        // Under such an id no request could reach the key. The one that it had is still known.
        if (isUnmanageable(definition, renamed))
          throw calls.unknownOutcome(
            what,
            `a success with the id ${JSON.stringify(renamed.id)}, which no path can hold`,
          );
        return renamed;
      },
    }),
    revoke: async (pathParameters, keyId, name, known = {}) => {
      lists?.forget();
      return revoke(
        calls,
        pathParameters,
        { keyId, name },
        await completed(pathParameters, keyId, known),
        patient,
      );
    },
    ...(asking && { tenant: () => whoami(calls, asking) }),
  };
}
