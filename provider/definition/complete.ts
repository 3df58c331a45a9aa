import { completeFields } from "./completeFields";
import { completeOperations } from "./completeOperations";
import { credentialsOf } from "./credentials";
import { usualErrors } from "./defaultErrors";
import type { ServiceDefinition } from "./definition";
import type { AuthDefinition, WrittenAuth } from "./schema/auth";
import type { WrittenDefinition } from "./schema/definition";

/** A definition with all that it leaves to its defaults. */
export function complete(written: WrittenDefinition): ServiceDefinition {
  const { name, title = capitalized(name), kind = "collection", auth = { scheme: "bearer" } } = written;
  const schemes = [auth].flat().map(completeAuth);
  const fields = completeFields(written.fields ?? {});
  return {
    name,
    title,
    ...(written.docs !== undefined && { docs: written.docs }),
    ...(written.baseUrl !== undefined && { baseUrl: written.baseUrl }),
    kind,
    auth: schemes,
    credentials: schemes.map(credentialsOf),
    pathParameters: (written.pathParameters ?? {}) as ServiceDefinition["pathParameters"],
    fields,
    operations: completeOperations(written, kind, fields),
    errors: written.errors?.map((shape) => ({ evidence: "documented", ...shape }) as const) ?? usualErrors,
    statusHints: written.statusHints ?? {},
    ...(written.tenant && { tenant: completeTenant(written.tenant, written.headers) }),
    uniqueNames: written.uniqueNames ?? false,
    reusesIds: written.reusesIds ?? false,
  } as ServiceDefinition;
}

function completeAuth(written: WrittenAuth): AuthDefinition {
  return written.scheme === "bearer"
    ? { scheme: "headers", headers: { Authorization: "Bearer {token}" } }
    : written;
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function completeTenant(
  { field, whoami }: NonNullable<WrittenDefinition["tenant"]>,
  headers: WrittenDefinition["headers"] = {},
) {
  return {
    field,
    ...(whoami && {
      whoami: { evidence: "documented", ...whoami, headers: { ...headers, ...whoami.headers } },
    }),
  };
}
