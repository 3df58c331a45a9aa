import type { z } from "zod";
import { completeFields } from "./completeFields";
import { completeOperations } from "./completeOperations";
import type { ServiceDefinition } from "./definition";
import type { serviceSchema } from "./schema/definition";
import { usualErrors } from "./usualErrors";

/** A definition as the schema reads it, its defaults not yet filled in. */
export type WrittenDefinition = z.output<typeof serviceSchema>;

/** A definition with all that it leaves to its defaults. */
export function complete(written: WrittenDefinition): ServiceDefinition {
  const { name, title = capitalized(name), kind = "collection", auth = { scheme: "bearer" } } = written;
  const fields = completeFields(written.fields ?? {});
  return {
    name,
    title,
    ...(written.docs !== undefined && { docs: written.docs }),
    ...(written.baseUrl !== undefined && { baseUrl: written.baseUrl }),
    kind,
    auth: [auth].flat(),
    parents: (written.parents ?? {}) as ServiceDefinition["parents"],
    fields,
    operations: completeOperations(written, kind, fields),
    errors: written.errors?.map((shape) => ({ evidence: "documented", ...shape }) as const) ?? usualErrors,
    statusHints: written.statusHints ?? {},
    ...(written.tenant && { tenant: completeTenant(written.tenant, written.headers) }),
    uniqueNames: written.uniqueNames ?? false,
    reusesIds: written.reusesIds ?? false,
  } as ServiceDefinition;
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function completeTenant(
  { field, whoami }: NonNullable<WrittenDefinition["tenant"]>,
  headers: WrittenDefinition["headers"] = {},
) {
  return { field, ...(whoami && { whoami: { evidence: "documented", ...whoami, headers } }) };
}
