import type { Connection } from "../../provider/connections";
import { ApiKeysError } from "../../provider/errors";
import type { HttpResponse } from "../../provider/http/request";
import {
  check,
  create,
  PartialSuccessError,
  type Properties,
  remove,
  type World,
} from "../../provider/lifecycle";
import { printable } from "../../provider/printable";
import { json, sourceOf } from "../../provider/service/answers";
import { connect } from "../../provider/service/connect";
import type { OperationDefinition, ServiceDefinition } from "../../provider/service/definition";
import { itemsOf } from "../../provider/service/wire/items";
import { keyFromWire, type RemoteKey } from "../../provider/service/wire/key";
import type { Source } from "../../provider/service/wire/places";
import { CommandError } from "../command";
import { findingLines, findingsOf } from "./fields";

/** What the throw-away key is called, before its suffix. */
const logicalName = "pulumi-apikeys-check";

/** A definition, and the arguments of a key that is created to try it. */
export interface Trial {
  readonly world: World;
  readonly definition: ServiceDefinition;
  /** As `resolveService` finds it: by name, or as it is written. */
  readonly service: Properties;
  readonly connection: Connection;
  /** Arguments of the key, where it belongs among them. */
  readonly args: Properties;
  readonly say: (line: string) => void;
}

/**
 * Creates a key at the vendor, looks at it in every way that the definition has, revokes it, and tells what was as the
 * definition says.
 *
 * @returns whether all was
 * @throws {CommandError} when the arguments are refused
 * @throws {ApiKeysError} when the vendor does not do as it is asked; the key is revoked all the same
 */
export async function tryLive({
  world,
  definition,
  service,
  connection,
  args,
  say,
}: Trial): Promise<boolean> {
  const answers = new Map<OperationDefinition, HttpResponse>();
  const vendor = connect(definition, connection, undefined, undefined, (operation, response) => {
    answers.set(operation, response);
  });
  const observed: World = {
    ...world,
    // A key that is revoked right away needs no note.
    creates: { begin: async () => ({ end: () => {} }), unfinished: async () => [] },
    vendor: () => vendor,
  };
  const { inputs, failures } = check(
    observed,
    {},
    {
      ...service,
      ...args,
      connection: connection.name,
      logicalName,
    },
  );
  if (failures.length > 0) throw new CommandError(failures.join("\n"));
  const parents = Object.fromEntries(
    Object.keys(definition.parents).map((name) => [name, String(inputs[name])]),
  );
  const { list, get } = definition.operations;
  let good = true;

  const tell = (title: string, source: Source, key: RemoteKey | undefined) => {
    const findings = findingsOf(definition, source, key, inputs);
    say(title);
    for (const line of findingLines(definition, source, findings)) say(line);
    good &&= !findings.some(({ wrong }) => wrong);
  };
  const complain = (line: string) => {
    good = false;
    say(`! ${line}`);
  };

  const tellCreated = () => {
    const answer = answers.get(definition.operations.create);
    if (!answer || json(answer) === undefined) return;
    const source = sourceOf(definition.operations.create, "created", answer);
    tell(`create: HTTP ${answer.status}`, source, keyFromWire(definition, source));
  };
  const look = async (name: string, act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ApiKeysError)) throw error;
      complain(`${name}: ${error.message}`);
    }
  };
  const tellListed = async (operation: NonNullable<typeof list>) => {
    const read = () => vendor.list?.(parents, "fresh") ?? Promise.resolve([]);
    const keys = await appearing(observed, connection, read, keyId);
    const answer = answers.get(operation);
    const source = answer && itemSource(definition, operation, answer, keyId);
    const key = keys.find(({ id }) => id === keyId);
    const count = keys.length === 1 ? "one key" : `${keys.length} keys`;
    if (!key) complain(`list: ${count}, and ${printable(keyId)} is not among them.`);
    else if (source) tell(`list: HTTP ${answer.status}, ${count}`, source, key);
    else say(`list: ${count}, ${printable(keyId)} among them, on another page than the last`);
  };
  const tellRead = async (operation: NonNullable<typeof get>) => {
    const key = await vendor.get?.(parents, keyId, outputs);
    const answer = answers.get(operation);
    if (key && answer) tell(`get: HTTP ${answer.status}`, sourceOf(operation, "read", answer), key);
    else complain(`get: the vendor says that there is no key ${printable(keyId)}.`);
  };
  const outputs: Properties = await made(observed, inputs).catch((error: unknown) => {
    tellCreated();
    throw error;
  });
  const keyId = String(outputs.keyId);
  try {
    tellCreated();
    if (list) await look("list", () => tellListed(list));
    if (get) await look("get", () => tellRead(get));
  } finally {
    for (const notice of await remove(observed, outputs)) say(notice);
  }
  const revoked = answers.get(definition.operations.remove ?? definition.operations.revoke);
  const left =
    (await vendor.get?.(parents, keyId, outputs)) ??
    (await vendor.list?.(parents, "fresh"))?.find(({ id }) => id === keyId);
  say(`revoke: HTTP ${revoked?.status}; ${afterwards(left)}`);
  if (left && left.fields.active !== false)
    complain(`${printable(keyId)} is still there. Revoke it at the vendor, unless it goes by itself.`);
  return good;
}

async function made(world: World, inputs: Properties): Promise<Properties> {
  try {
    return (await create(world, inputs)).outputs;
  } catch (error) {
    if (error instanceof PartialSuccessError) await remove(world, error.outputs);
    throw error;
  }
}

/** The list once it holds the key, or when it should. */
async function appearing(
  { sleep }: World,
  { listLagMs }: Connection,
  list: () => Promise<readonly RemoteKey[]>,
  keyId: string,
): Promise<readonly RemoteKey[]> {
  const keys = await list();
  if (listLagMs === 0 || keys.some(({ id }) => id === keyId)) return keys;
  await sleep(listLagMs);
  return list();
}

/** The key's own item, if it is on the page that was read last. */
function itemSource(
  definition: ServiceDefinition,
  list: NonNullable<ServiceDefinition["operations"]["list"]>,
  response: HttpResponse,
  keyId: string,
): Source | undefined {
  const body = json(response);
  const none = () => new Error("no list");
  const sources = itemsOf(list, body, none).map(
    ({ item }): Source => ({
      answer: "listed",
      item,
      body,
      headers: response.headers,
    }),
  );
  return sources.find((source) => keyFromWire(definition, source)?.id === keyId);
}

function afterwards(left: RemoteKey | undefined): string {
  if (!left) return "the key is gone.";
  return left.fields.active === false
    ? "the key is still told of, as inactive."
    : "the key is still told of, as active.";
}
