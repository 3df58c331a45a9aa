import type { Operation } from "./operation";
import type { Place } from "./place";

/** Where an API is served. */
export interface Server {
  /** Its address, variables filled with their defaults. */
  readonly url: string;
  /** Names of variables in the address, with what each stands for by default. */
  readonly variables: Readonly<Record<string, string>>;
  readonly description: string;
  readonly pointer: string;
}

/** The servers of an operation, the main one first; none where the document names none. */
export function serversOf(operation: Operation, root: Place): readonly Server[] {
  if (root.at("swagger") !== undefined) return swaggerServers(root);
  return (operation.inherited("servers")?.items() ?? []).flatMap((place) => {
    const url = place.text("url");
    return url === undefined ? [] : [filled(url, place)];
  });
}

function filled(template: string, place: Place): Server {
  const variables = Object.fromEntries(
    (place.at("variables")?.members() ?? []).map(([name, variable]) => [
      name,
      String(variable.at("default")?.value ?? ""),
    ]),
  );
  const url = template.replaceAll(/\{([^{}]+)\}/g, (whole, name: string) =>
    Object.hasOwn(variables, name) ? (variables[name] ?? whole) : whole,
  );
  return { url, variables, description: place.text("description") ?? "", pointer: place.pointer };
}

function swaggerServers(root: Place): readonly Server[] {
  const host = root.text("host");
  const basePath = root.text("basePath") ?? "";
  const schemes = (root.at("schemes")?.items() ?? []).flatMap(({ value }) =>
    typeof value === "string" ? value : [],
  );
  const scheme = schemes.includes("https") ? "https" : (schemes[0] ?? "https");
  const url = host === undefined ? basePath : `${scheme}://${host}${basePath}`;
  if (url === "") return [];
  return [{ url, variables: {}, description: "", pointer: host === undefined ? "/basePath" : "/host" }];
}
