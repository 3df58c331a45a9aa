type SessionVariables = Readonly<Record<string, string>>;

/** A template with its variables filled in; one without a value stays as it is, for braces may also be braces. */
export function fillText(template: string, variables: SessionVariables): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(variables, name) ? String(variables[name]) : whole,
  );
}

/** JSON with the variables of its texts filled in. */
export function fillJson(template: unknown, variables: SessionVariables): unknown {
  if (typeof template === "string") return fillText(template, variables);
  if (Array.isArray(template)) return template.map((item) => fillJson(item, variables));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, item]) => [key, fillJson(item, variables)]));
}

/** Values by name, all of them templates, filled in. */
export function fillEach(templates: SessionVariables, variables: SessionVariables): Record<string, string> {
  return Object.fromEntries(
    Object.entries(templates).map(([name, template]) => [name, fillText(template, variables)]),
  );
}
