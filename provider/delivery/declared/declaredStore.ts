import { fingerprint } from "../../base/fingerprint";
import type { HttpClient } from "../../http/client";
import type { HttpResponse } from "../../http/request";
import { isObject } from "../../json/members";
import { atPointer } from "../../json/pointer";
import { fillJson, fillPath, fillTexts } from "../../json/templates";
import { deliveryFailed } from "../kind";
import type { Look, Store, Written } from "../store";
import { refusalOf } from "../storeClient";
import type { StoreDefinition, StoreRequest } from "./definition";

type Variables = Readonly<Record<string, string>>;

/**
 * One place of a declared store, field by field.
 *
 * @param variables the credentials and the members of the place
 * @param place its members alone, for messages, and the fields that a delivery has there
 */
export function declaredStore(
  definition: StoreDefinition,
  client: HttpClient,
  variables: Variables,
  { places, fields }: { readonly places: Variables; readonly fields: readonly string[] },
): Store {
  const { title = definition.name, read, version, write, remove, probe } = definition;
  const label = `${title} ${Object.values(places).join("/")}`;
  const send = (request: StoreRequest, act: string, field: string, text?: string) =>
    client.send(
      filled(
        request,
        { ...variables, field, ...(text !== undefined && encoded(text)) },
        `${act} ${field} of ${label}`,
      ),
    );
  const refused = (act: string, field: string, response: HttpResponse) =>
    deliveryFailed(
      `${title} did not ${act} ${field || "the value"} of ${label}: ${refusalOf(response)}. Check its credentials and the delivery.`,
    );

  /** What a request for one field tells at a pointer; undefined where there is no such field. */
  const told = async (request: StoreRequest, act: string, field: string, pointer: string) => {
    const response = await send(request, act, field);
    if (isMissing(request, response)) return undefined;
    if (!isSuccess(request, response)) throw refused(act, field, response);
    return atPointer(documentOf(response), pointer);
  };
  const textOf = async (field: string): Promise<string | undefined> => {
    const text = read && (await told(read, "read", field, read.text));
    return typeof text === "string" ? text : undefined;
  };
  const versionOf = async (field: string): Promise<string | undefined> => {
    const found = version && (await told(version, "look at", field, version.at));
    return found === undefined || found === null ? undefined : String(found);
  };
  const lookAt = async (field: string, { fields, receipt }: Written): Promise<Look> => {
    if (version !== undefined && receipt[field] !== undefined) {
      const found = await versionOf(field);
      if (found === undefined) return "missing";
      if (found === receipt[field] || read === undefined)
        return found === receipt[field] ? "unchanged" : "changed";
    }
    if (read === undefined) return "unchanged";
    const text = await textOf(field);
    if (text === undefined) return "missing";
    return fingerprint(text) === fields[field] ? "unchanged" : "changed";
  };
  const removeField = async (field: string, written: Written): Promise<Look> => {
    const found = await lookAt(field, written);
    if (remove === undefined || found !== "unchanged") return found;
    const response = await send(remove, "remove", field);
    if (!isSuccess(remove, response) && !isMissing(remove, response))
      throw refused("remove", field, response);
    return found;
  };
  const each = async (written: Written, act: typeof lookAt): Promise<Look> => {
    const found: Look[] = [];
    for (const field of Object.keys(written.fields)) found.push(await act(field, written));
    if (found.includes("changed")) return "changed";
    return found.length > 0 && found.every((one) => one === "missing")
      ? "missing"
      : found.includes("missing")
        ? "changed"
        : "unchanged";
  };

  return {
    label,
    probe: async () => {
      // A request made for the purpose is told no 404 by a place that can be written.
      const request = probe ? { missing: [], ...probe } : (version ?? read);
      if (request === undefined) return;
      const response = await send(request, "look at", "pulumi-apikeys-probe");
      if (!isSuccess(request, response) && !isMissing(request, response))
        throw refused("look at", "", response);
    },
    ...(read && {
      read: async () => {
        const found: Record<string, string> = {};
        for (const field of fields) {
          const text = await textOf(field);
          if (text !== undefined) found[field] = text;
        }
        return Object.keys(found).length > 0 ? found : undefined;
      },
    }),
    write: async (content, before) => {
      const receipt: Record<string, string> = {};
      for (const [field, text] of Object.entries(content)) {
        if (text !== null) {
          const response = await send(write, "write", field, text);
          if (!isSuccess(write, response)) throw refused("write", field, response);
        }
        const now = await versionOf(field);
        if (now !== undefined) receipt[field] = now;
      }
      for (const field of Object.keys(before?.fields ?? {})) {
        if (!(field in content) && before) await removeField(field, before);
      }
      return receipt;
    },
    look: (written) => each(written, lookAt),
    remove: (written) => each(written, removeField),
  };
}

/** Names under which a text stands in requests. */
function encoded(text: string): Variables {
  return { text, base64: Buffer.from(text, "utf8").toString("base64") };
}

function filled(request: StoreRequest, variables: Variables, what: string) {
  const { method, path, query, headers, body } = request;
  return {
    method,
    path: fillPath(path, variables),
    ...(query && { query: fillTexts(query, variables, "refuse") }),
    ...(headers && { headers: fillTexts(headers, variables, "refuse") }),
    ...(body !== undefined && { body: fillNames(fillJson(body, variables, "refuse"), variables) }),
    // What a declaration writes may be sent twice: it is asked to do no harm.
    repeatable: true,
    what,
  };
}

/** Names of members filled in: many stores have the secret's name there. */
function fillNames(value: unknown, variables: Variables): unknown {
  if (Array.isArray(value)) return value.map((item) => fillNames(item, variables));
  if (!isObject(value)) return value;
  const named = (name: string) =>
    name.replaceAll(/\{(\w+)\}/g, (whole, variable: string) => variables[variable] ?? whole);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [named(name), fillNames(item, variables)]),
  );
}

function isSuccess({ success }: StoreRequest, { status }: HttpResponse): boolean {
  return success?.includes(status) ?? (status >= 200 && status < 300);
}

function isMissing({ missing = [404] }: StoreRequest, { status }: HttpResponse): boolean {
  return missing.includes(status);
}

function documentOf({ body }: HttpResponse): unknown {
  return body.kind === "json" ? body.value : undefined;
}
