import type { ServiceDefinition } from "../../provider/definition/definition.ts";

/** One line of the table: a part of a service, and whether the vendor's page shows it. */
function row(service: string, part: string, evidence: string): string {
  return `| ${service} | ${part} | ${evidence} |`;
}

/** What is documented and what is assumed, from the definitions themselves. */
export function evidenceTable(definitions: readonly ServiceDefinition[]): string {
  return ["| service | part | how we know |", "| --- | --- | --- |", ...definitions.flatMap(rowsOf)].join(
    "\n",
  );
}

function rowsOf(definition: ServiceDefinition): string[] {
  const { title, operations, auth, errors, fields, tenant } = definition;
  const rows = Object.entries(operations).flatMap(([name, declared]) =>
    [declared ?? []]
      .flat()
      .map(({ method, path, evidence }) => row(title, `${name}: \`${method} ${path}\``, evidence)),
  );
  for (const scheme of auth) {
    if (scheme.scheme === "login") {
      rows.push(
        row(
          title,
          `login and refresh: \`POST ${scheme.login.path}\`, \`POST ${scheme.refresh?.path}\``,
          scheme.evidence ?? "documented",
        ),
      );
    }
  }
  if (tenant?.whoami)
    rows.push(row(title, `tenant of the credentials: \`GET ${tenant.whoami.path}\``, tenant.whoami.evidence));
  const shapes = new Set(errors.map((shape) => shape.evidence));
  rows.push(row(title, "shape of errors", [...shapes].join(", ")));
  for (const evidence of ["documented", "assumed"] as const) {
    const names = Object.entries(fields).flatMap(([name, field]) =>
      field.evidence === evidence ? [`\`${name}\``] : [],
    );
    if (names.length > 0) rows.push(row(title, `fields ${names.join(", ")}`, evidence));
  }
  return rows;
}
