import type { Operation } from "../document/operation";
import { plain } from "../find/words";
import { isArgument } from "./addresses";
import { present } from "./part";
import type { Subject } from "./subject";

export type Json = Record<string, unknown>;

/** What an operation has where it says nothing of its own. */
export interface Usual {
  readonly collection: string;
  readonly one: string;
  readonly envelope: string;
}

/** What an operation says that is not as usual. */
export function said(
  { addresses }: Subject,
  operation: Operation,
  method: string,
  usualPath: string,
  more: Json,
): Json | undefined {
  const path = addresses.template(operation);
  const required = operation.parametersIn("query").filter(isArgument);
  const query = Object.fromEntries(
    required.flatMap(({ name }) => {
      const parent = addresses.parents.find(({ variable }) => variable === name);
      return parent ? [[name, `{${parent.name}}`]] : [];
    }),
  );
  const all = { ...query, ...(more.query as Json | undefined) };
  return present({
    method: operation.method === method ? undefined : operation.method,
    path: path === usualPath ? undefined : path,
    ...more,
    query: Object.keys(all).length === 0 ? undefined : all,
  });
}

export function envelopeOf(told: string | undefined, usual: string): string | undefined {
  return told === undefined || told === usual ? undefined : told;
}

/** Whether a request says which key it means. */
export function namesKey(subject: Subject, operation: Operation, body?: Json): boolean {
  if (subject.resource.kind === "singleton") return true;
  const template = subject.addresses.template(operation);
  return /\{(keyId|value)\}/.test(JSON.stringify([template, body ?? {}, keyOf(subject, operation)]));
}

/** How a request says which key it means, where its path does not. */
export function keyOf({ addresses, resource }: Subject, operation: Operation): Json {
  if (resource.kind === "singleton" || /\{(keyId|value)\}/.test(addresses.template(operation))) return {};
  const isId = (name: string) =>
    /^(id|keyid|tokenid|apikeyid|accesstokenid|key|token|apikey|uuid|name|keyname|accesskeyid)$/.test(
      plain(name),
    );
  const parameter = operation.parametersIn("query").find(({ name }) => isId(name));
  if (parameter) return { query: { [parameter.name]: "{keyId}" } };
  const body = operation.body?.schema;
  const single = [...(body?.properties.keys() ?? [])].find(isId);
  if (single !== undefined) return { body: { [single]: "{keyId}" } };
  const several = [...(body?.properties ?? [])].find(
    ([name, { items }]) => items !== undefined && /(ids|keys|tokens)$/.test(plain(name)),
  );
  return several ? { body: { [several[0]]: ["{keyId}"] } } : {};
}
