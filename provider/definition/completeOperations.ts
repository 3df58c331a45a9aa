import type {
  FieldDefinition,
  ListDefinition,
  OperationDefinition,
  Operations,
  ServiceDefinition,
} from "./definition";
import { inputFields } from "./inputFields";
import type { WrittenDefinition } from "./schema/definition";

type WrittenOperations = NonNullable<WrittenDefinition["operations"]>;
type WrittenOperation = NonNullable<WrittenOperations["get"]>;
type Method = OperationDefinition["method"];

/** The operations with all that they leave to the service and to what is usual. */
export function completeOperations(
  service: WrittenDefinition,
  kind: ServiceDefinition["kind"],
  fields: Readonly<Record<string, FieldDefinition>>,
): Operations {
  const written: WrittenOperations = service.operations ?? {};
  const base = service.path ?? "";
  const one = kind === "singleton" ? base : `${base}/{keyId}`;
  const complete = (operation: WrittenOperation | undefined, method: Method, path: string) =>
    completeOperation(service, operation ?? {}, method, path);

  const { create, reveal, list, get, rotate, revoke, remove } = written;
  const lists =
    list !== null && (list !== undefined || (kind === "collection" && service.path !== undefined));
  const gets = get !== null && (get !== undefined || (kind === "singleton" && service.path !== undefined));
  // What is true of the word that there is no such key would be taken here for the word that there is none at all.
  const { completeness, ...listing } = list ?? {};
  const listed = completeOperation({ ...service, notFound: undefined }, listing, "GET", base);
  const { completeness: found, ...getting } = get ?? {};
  return {
    create: complete(create, "POST", base),
    ...(reveal && {
      reveal: {
        ...complete(reveal, "POST", one),
        ...(reveal.until && { until: [reveal.until].flat() }),
      },
    }),
    ...(lists && {
      list: { ...listed, ...completeCompleteness(completeness) },
    }),
    ...(gets && {
      get: { ...complete(getting, "GET", one), provesAbsence: found !== "partial" },
    }),
    update: completeUpdates(written, fields, (update) => complete(update, "PATCH", one)),
    ...(rotate && { rotate: complete(rotate, "POST", `${one}/rotate`) }),
    revoke: complete(revoke, "DELETE", one),
    ...(remove && { remove: complete(remove, "DELETE", one) }),
  } as Operations;
}

function completeOperation(
  service: WrittenDefinition,
  written: WrittenOperation,
  method: Method,
  path: string,
): OperationDefinition {
  const { success = service.success, notFound = service.notFound } = written;
  return {
    ...written,
    method: written.method ?? method,
    path: written.path ?? path,
    query: written.query ?? {},
    headers: { ...service.headers, ...written.headers },
    encoding: written.encoding ?? service.encoding ?? "json",
    bodyEnvelope: written.bodyEnvelope ?? service.bodyEnvelope ?? "",
    envelope: written.envelope ?? service.envelope ?? "",
    ...(success && { success: [success].flat() }),
    ...(notFound && { notFound: [notFound].flat() }),
    evidence: written.evidence ?? "documented",
  } as OperationDefinition;
}

type WrittenCompleteness = NonNullable<NonNullable<WrittenOperations["list"]>["completeness"]>;

function completeCompleteness(
  written: WrittenCompleteness = [],
): Pick<ListDefinition, "counted" | "cap" | "provesAbsence"> {
  const parts = [written].flat();
  const capped = parts.find((part) => typeof part === "object");
  return {
    counted: !parts.includes("uncounted"),
    ...(capped && { cap: capped.cap }),
    provesAbsence: !parts.includes("partial"),
  };
}

/** Each field is changed by one update: by the first that names it, else by the one that names none. */
function completeUpdates(
  { update }: WrittenOperations,
  fields: Readonly<Record<string, FieldDefinition>>,
  complete: (update: WrittenOperation) => OperationDefinition,
): Operations["update"] {
  const updates = update === undefined ? [] : [update].flat();
  const named = new Set(updates.flatMap(({ fields = [] }) => fields));
  const rest = inputFields({ fields }).filter((name) => !named.has(name));
  return updates.map((written) => {
    const operation = complete(written as WrittenOperation);
    return {
      ...operation,
      fields: written.fields ?? rest,
      sends: written.sends ?? (operation.method === "PATCH" ? "changed" : "all"),
    };
  });
}
