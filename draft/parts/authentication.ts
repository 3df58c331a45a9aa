import type { Parameter } from "../document/operation";
import { type SecurityScheme, securityOf } from "../document/security";
import { serversOf } from "../document/servers";
import { oneLine } from "../text";
import { camelCase } from "./names";
import { type Part, part, present, type Question } from "./part";
import type { Subject } from "./subject";

type Way = readonly SecurityScheme[];

/** How requests prove who sends them. */
export function authPart({ document, resource }: Subject): Part {
  const { create } = resource;
  const ways = securityOf(create, document.root);
  if (!ways)
    return undescribed(create.parametersIn("header").find(({ name }) => /^authorization$/i.test(name)));
  const written = ways.flatMap((way) => authOf(way, baseOf({ document, resource })) ?? []);
  const seen = new Set<string>();
  const schemes = written
    .toSorted((a, b) => a.rank - b.rank)
    .filter(({ credentials }) => !seen.has(credentials) && seen.add(credentials));
  const sources = schemes.flatMap(({ way }) => way.map(({ pointer }) => pointer));
  const [first] = schemes;
  if (!first) {
    const names = ways
      .flat()
      .map(({ name }) => oneLine(name, 60))
      .join(", ");
    const question = {
      question: `The document authenticates by ${names}, which a definition has no form for. How can a program authenticate?`,
      assumed: "by a bearer token",
    };
    return part(["auth"], undefined, [ways[0]?.[0]?.pointer], [question]);
  }
  const questions = schemes.flatMap((scheme) => scheme.questions);
  const values = schemes.map(({ value }) => value);
  if (values.length === 1) {
    const value = isBearer(first.value) ? undefined : first.value;
    return { ...part(["auth"], value, sources, questions), usual: "auth: a bearer token" };
  }
  return part(["auth"], values, sources, questions);
}

/** Some documents have the header among the parameters, and nothing else. */
function undescribed(header: Parameter | undefined): Part {
  if (header) {
    const { template, question } = headerValue({ parameter: header.name, description: header.description });
    const value =
      template === "Bearer {token}" ? undefined : { scheme: "headers", headers: { Authorization: template } };
    return part(["auth"], value, [header.pointer], question ? [question] : []);
  }
  const question = {
    question: "How do requests authenticate? The document does not say.",
    assumed: "by a bearer token",
  };
  return part(["auth"], undefined, [], [question]);
}

interface Written {
  readonly way: Way;
  readonly value: Record<string, unknown>;
  /** Names of the credentials: a connection's choose among the ways. */
  readonly credentials: string;
  readonly rank: number;
  readonly questions: readonly Question[];
}

function authOf(way: Way, baseUrl: string): Written | undefined {
  const [scheme] = way;
  if (!scheme || way.some(({ kind }) => kind === "cookie" || kind === "other")) return undefined;
  const headers = way.filter(({ kind }) => kind === "header" || kind === "bearer");
  if (headers.length === way.length && way.length > 1) return severalHeaders(way);
  const written = (
    value: Record<string, unknown>,
    credentials: string,
    rank: number,
    questions: readonly Question[] = [],
  ) => ({ way: [scheme], value, credentials, rank, questions });
  switch (scheme.kind) {
    case "bearer":
      return written({ scheme: "bearer" }, "token", 0);
    case "basic":
      return written({ scheme: "basic" }, "username password", 2);
    case "query":
      return written({ scheme: "query", parameter: scheme.parameter }, "apiKey", 3);
    case "clientCredentials":
      return clientCredentials(scheme, baseUrl);
    default: {
      const { template, question } = headerValue(scheme);
      if (template === "Bearer {token}")
        return written({ scheme: "bearer" }, "token", 0, question ? [question] : []);
      return written(
        { scheme: "headers", headers: { [scheme.parameter]: template } },
        "apiKey",
        1,
        question ? [question] : [],
      );
    }
  }
}

function severalHeaders(way: Way): Written {
  const names = way.map(({ name, kind }) =>
    kind === "bearer" ? "token" : (camelCase(name)?.replace(/(?<=.)(Auth|Header|Scheme)$/, "") ?? "apiKey"),
  );
  const headers = Object.fromEntries(
    way.map(({ kind, parameter }, index) =>
      kind === "bearer" ? ["Authorization", "Bearer {token}"] : [parameter, `{${names[index]}}`],
    ),
  );
  return {
    way,
    value: { scheme: "headers", headers },
    credentials: names.toSorted().join(" "),
    rank: 1,
    questions: [],
  };
}

/** In Authorization there is a word before the credential, which documents often keep to themselves. */
function headerValue({ parameter, description }: Pick<SecurityScheme, "parameter" | "description">): {
  template: string;
  question?: Question;
} {
  if (!/^authorization$/i.test(parameter)) return { template: "{apiKey}" };
  const [, word] =
    /\b(Bearer|Token|ApiKey|Api-Key|Key|Basic|GenieKey|SSWS|Klaviyo-API-Key)[ :]+["'`]?[<{[$(]?/.exec(
      description,
    ) ?? [];
  if (word === "Bearer") return { template: "Bearer {token}" };
  const [, quoted] = /["'`](?:Authorization: ?)?([\w-]+) [<{[$(]/.exec(description) ?? [];
  const prefix = quoted ?? word;
  if (prefix !== undefined && prefix !== "Basic") return { template: `${prefix} {apiKey}` };
  return {
    template: "Bearer {token}",
    question: {
      question: "What stands in Authorization before the credential? The document does not say.",
      assumed: `"Bearer "`,
    },
  };
}

function clientCredentials(scheme: SecurityScheme, baseUrl: string): Written | undefined {
  if (!URL.canParse(scheme.tokenUrl, baseUrl || "https://unknown.invalid")) return undefined;
  const url = new URL(scheme.tokenUrl, baseUrl || "https://unknown.invalid");
  if (!/^https?:$/.test(url.protocol) || /[{}\s]|%7B/i.test(url.pathname) || url.pathname === "/")
    return undefined;
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const isOwn = base?.origin === url.origin && url.pathname.startsWith(base.pathname.replace(/\/$/, ""));
  const path = isOwn ? url.pathname.slice((base?.pathname ?? "").replace(/\/$/, "").length) : url.pathname;
  const value = present({
    scheme: "oauth2",
    path,
    baseUrl: isOwn || url.hostname === "unknown.invalid" ? undefined : url.origin,
  });
  const question = {
    question: "Does the token endpoint take the client's id and secret by HTTP Basic, and which scopes?",
    assumed: "by Basic, and none",
  };
  return {
    way: [scheme],
    value: value ?? {},
    credentials: "clientId clientSecret",
    rank: 4,
    questions: [question],
  };
}

function baseOf({ document, resource }: Pick<Subject, "document" | "resource">): string {
  return serversOf(resource.create, document.root)[0]?.url ?? "";
}

function isBearer(value: Record<string, unknown>): boolean {
  return value.scheme === "bearer";
}
