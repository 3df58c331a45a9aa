import addFormats from "ajv-formats";
import { OpenAPIRouter, OpenAPIValidator } from "openapi-backend";
import type { SandboxRequest } from "../../../sandbox/http";
import type { ApiDocument, DocumentOperation, SecurityRequirement } from "./document";
import type { Expected } from "./expected";

export interface MatchedOperation extends DocumentOperation {
  readonly operationId: string;
  readonly path: string;
  readonly method: string;
}

/** What the document makes of requests and of answers, by a validator that knows nothing of this project. */
export class Judge {
  readonly #router: OpenAPIRouter;
  readonly #validator: OpenAPIValidator;
  readonly #prefix: string;

  constructor(
    private readonly document: ApiDocument,
    expected: Expected,
  ) {
    // The library's type of a document is narrower than the documents that it reads.
    const definition = document as unknown as OpenAPIRouter["definition"];
    this.#router = new OpenAPIRouter({ definition });
    this.#validator = new OpenAPIValidator({
      definition,
      router: this.#router,
      lazyCompileValidators: true,
      ajvOpts: { logger: false, allErrors: true },
      customizeAjv: (ajv) => {
        addFormats(ajv, ["uuid", "date-time", "date", "iso-date-time"]);
        // Some vendors call a moment without a zone a date-time.
        if (expected.expiresAt?.requestForm === "utc") {
          ajv.addFormat("date-time", (text) => !Number.isNaN(Date.parse(text)));
        }
        return ajv;
      },
    });
    this.#prefix = pathOf(document.servers?.[0]?.url);
  }

  /** The operation that a request is for, whether its path begins with the server's own or not. */
  operationOf(request: SandboxRequest): MatchedOperation | undefined {
    const found = this.#router.matchOperation({ ...request, headers: {}, path: this.#below(request) });
    // It is one of the document's own, with its path and its method beside it.
    return found as unknown as MatchedOperation | undefined;
  }

  /** The variables of the path. */
  parametersOf(request: SandboxRequest, operation: MatchedOperation): Readonly<Record<string, string>> {
    const names = operation.path.split("/");
    const given = this.#below(request).split("?")[0]?.split("/") ?? [];
    const variables = names.flatMap((name, index) =>
      name.startsWith("{") ? [[name.slice(1, -1), decodeURIComponent(given[index] ?? "")]] : [],
    );
    return Object.fromEntries(variables);
  }

  /** Why the document does not allow a request; nothing if it does. */
  complaintsAbout(request: SandboxRequest, operation: MatchedOperation): string[] {
    const { method, headers, body } = request;
    const types = Object.keys(operation.requestBody?.content ?? {});
    const type = headers["content-type"]?.split(";")[0];
    const complaints: string[] = [];
    if (body !== "" && types.length === 0) complaints.push("the operation takes no body");
    if (body !== "" && types.length > 0 && !types.includes(type ?? "")) {
      complaints.push(`the body is ${type}, and not ${types.join(" or ")}`);
    }
    const { errors } = this.#validator.validateRequest(
      {
        method,
        path: this.#below(request).split("?")[0] ?? "",
        query: Object.fromEntries(new URL(request.path, "http://127.0.0.1").searchParams),
        headers: headers as Record<string, string>,
        ...(body !== "" && { body: bodyOf(type, body) }),
      },
      operation.operationId,
    );
    return [...complaints, ...wordsOf(errors)];
  }

  /** Why the document does not allow an answer to an operation. */
  complaintsAboutAnswer(body: unknown, status: number, operation: MatchedOperation): string[] {
    return wordsOf(this.#validator.validateResponse(body, operation.operationId, status).errors);
  }

  /** The credentials that a request brings by one of the ways that the document tells; nothing if by none. */
  credentialsOf(request: SandboxRequest, operation: MatchedOperation): string[] | undefined {
    const told = operation.security ?? this.document.security ?? [];
    const ways = told.filter((way) => Object.keys(way).length > 0);
    // Where the document names no way, the vendor has one all the same, and nearly all have this.
    if (ways.length === 0) return credentialsIn(request.headers.authorization);
    return ways.map((way) => this.#broughtBy(request, way)).find((brought) => brought !== undefined);
  }

  #broughtBy({ headers, path }: SandboxRequest, way: SecurityRequirement): string[] | undefined {
    const brought = Object.keys(way).map((name) => {
      const scheme = this.document.components?.securitySchemes?.[name];
      const authorization = headers.authorization ?? "";
      if (scheme?.type === "apiKey" && scheme.in === "header") {
        // Documents often leave out what stands before the credential.
        return credentialsIn([headers[scheme.name?.toLowerCase() ?? ""]].flat()[0])?.[0];
      }
      if (scheme?.type === "apiKey")
        return new URL(path, "http://127.0.0.1").searchParams.get(scheme.name ?? "");
      const kind = scheme?.scheme?.toLowerCase() === "basic" ? "Basic" : "Bearer";
      if (!authorization.startsWith(`${kind} `)) return undefined;
      const text = authorization.slice(kind.length + 1);
      return kind === "Basic" ? Buffer.from(text, "base64").toString() : text;
    });
    return brought.every((credential) => typeof credential === "string") ? brought : undefined;
  }

  #below({ path }: SandboxRequest): string {
    return this.#prefix !== "" && path.startsWith(`${this.#prefix}/`)
      ? path.slice(this.#prefix.length)
      : path;
  }
}

function credentialsIn(header: string | undefined): string[] | undefined {
  return header === undefined ? undefined : [header.replace(/^\w+ /, "")];
}

function pathOf(url = ""): string {
  return new URL(url, "http://127.0.0.1").pathname.replace(/\/$/, "");
}

function bodyOf(type: string | undefined, body: string): unknown {
  if (type === "application/x-www-form-urlencoded") return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function wordsOf(
  errors:
    | { readonly instancePath: string; readonly message?: string; readonly params?: object }[]
    | null
    | undefined,
): string[] {
  return (errors ?? []).map(({ instancePath, message, params }) => {
    return `${instancePath.replace(/^\/requestBody/, "body") || "the request"} ${message} ${JSON.stringify(params)}`;
  });
}
