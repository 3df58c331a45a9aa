import type { Operation } from "./operation";
import type { Place } from "./place";

/** How requests prove who sends them, as far as a document describes it. */
export interface SecurityScheme {
  readonly kind: "bearer" | "basic" | "header" | "query" | "cookie" | "clientCredentials" | "other";
  /** What the document calls it. */
  readonly name: string;
  /** The header, the query parameter or the cookie. */
  readonly parameter: string;
  readonly description: string;
  /** Where client credentials are traded for a token. */
  readonly tokenUrl: string;
  readonly pointer: string;
}

/** The ways to authenticate an operation, of which each takes all of its schemes; undefined where none is described. */
export function securityOf(
  operation: Operation,
  root: Place,
): readonly (readonly SecurityScheme[])[] | undefined {
  const requirements = operation.inherited("security")?.items() ?? [];
  const ways = requirements.map((requirement) =>
    Object.keys(Object(requirement.value)).flatMap((name) => schemeNamed(name, root) ?? []),
  );
  const told = ways.filter((schemes) => schemes.length > 0);
  if (told.length > 0) return told;
  // Some documents describe schemes and forget to say where they apply.
  const all = definitions(root)?.members() ?? [];
  return all.length === 0 ? undefined : all.map(([name, place]) => [schemeAt(name, place)]);
}

function schemeNamed(name: string, root: Place): SecurityScheme | undefined {
  const place = definitions(root)?.at(name);
  return place && schemeAt(name, place);
}

function definitions(root: Place): Place | undefined {
  return root.at("components", "securitySchemes") ?? root.at("securityDefinitions");
}

function schemeAt(name: string, place: Place): SecurityScheme {
  const tokenUrl = place.text("tokenUrl") ?? place.at("flows", "clientCredentials")?.text("tokenUrl") ?? "";
  return {
    kind: kindOf(place),
    name,
    parameter: place.text("name") ?? "",
    description: place.text("description") ?? "",
    tokenUrl,
    pointer: place.pointer,
  };
}

function kindOf(place: Place): SecurityScheme["kind"] {
  const type = place.text("type");
  const scheme = place.text("scheme")?.toLowerCase();
  if (type === "basic" || (type === "http" && scheme === "basic")) return "basic";
  if (type === "http") return scheme === "bearer" ? "bearer" : "other";
  if (type === "apiKey") {
    const where = place.text("in");
    return where === "query" || where === "cookie" ? where : "header";
  }
  if (type === "oauth2") {
    const byCredentials =
      place.at("flows", "clientCredentials") ?? (place.text("flow") === "application" || undefined);
    const byUser = place.at("flows", "authorizationCode") ?? place.at("flows", "implicit");
    return byCredentials && !byUser ? "clientCredentials" : "bearer";
  }
  return type === "openIdConnect" ? "bearer" : "other";
}
