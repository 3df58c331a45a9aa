/** The definition of a service of the catalog by its name; undefined for any other word. */
export function catalogDefinition(name: string): unknown {
  if (!/^[a-z]\w*$/.test(name)) return undefined;
  try {
    return require(`../services/definitions/${name}`)[name];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
