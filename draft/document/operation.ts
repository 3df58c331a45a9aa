import { isForm, mediaOf, type Response, responseOf, schemaOfMedia } from "./media";
import type { Place } from "./place";
import { Schema } from "./schema";

export const methods = ["get", "post", "put", "patch", "delete"] as const;
export type Method = Uppercase<(typeof methods)[number]>;

/** A parameter in the path, the query or a header. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description: string;
  readonly schema: Schema | undefined;
  readonly pointer: string;
}

/** What a request's body is. */
export interface Body {
  readonly encoding: "json" | "form";
  readonly required: boolean;
  readonly schema: Schema | undefined;
  readonly pointer: string;
}

/** One operation of an API, the same for Swagger 2, OpenAPI 3.0 and 3.1. What is costly is read when it is asked for. */
export class Operation {
  #parameters: readonly Parameter[] | undefined;
  #body: { readonly of: Body | undefined } | undefined;
  #responses: readonly Response[] | undefined;

  constructor(
    readonly method: Method,
    /** The path with its variables, as the document has it. */
    readonly path: string,
    readonly place: Place,
    private readonly pathItem: Place,
    private readonly root: Place,
  ) {}

  get pointer(): string {
    return this.place.pointer;
  }

  /** How it is named in messages. */
  get title(): string {
    return `${this.method} ${this.path}`;
  }

  get summary(): string {
    return this.place.text("summary") ?? "";
  }

  get description(): string {
    return this.place.text("description") ?? "";
  }

  get operationId(): string {
    return this.place.text("operationId") ?? "";
  }

  get deprecated(): boolean {
    return this.place.at("deprecated")?.value === true;
  }

  /** Those of the operation, and those of its path that it does not have itself. */
  get parameters(): readonly Parameter[] {
    this.#parameters ??= this.#readParameters();
    return this.#parameters;
  }

  /** Those in one place, such as the query. */
  parametersIn(place: string): Parameter[] {
    return this.parameters.filter((parameter) => parameter.in === place);
  }

  get body(): Body | undefined {
    this.#body ??= { of: this.#requestBody() ?? this.#bodyParameter() ?? this.#formParameters() };
    return this.#body.of;
  }

  get responses(): readonly Response[] {
    this.#responses ??= (this.place.at("responses")?.members() ?? []).map(([status, place]) =>
      responseOf(status.toUpperCase(), place),
    );
    return this.#responses;
  }

  /** The response to a success that says most; undefined where none is described. */
  get success(): Response | undefined {
    const good = this.responses.filter(({ status }) => /^2(\d\d|XX)$/.test(status));
    const told = good.length > 0 ? good : this.responses.filter(({ status }) => status === "DEFAULT");
    return told.find(({ schema }) => schema !== undefined) ?? good[0];
  }

  /** The responses that are errors. */
  get errors(): readonly Response[] {
    return this.responses.filter(({ status }) => /^([45](\d\d|XX)|DEFAULT)$/.test(status));
  }

  /** What the operation says of a keyword, else its path, else the document. */
  inherited(keyword: string): Place | undefined {
    return this.place.at(keyword) ?? this.pathItem.at(keyword) ?? this.root.at(keyword);
  }

  #parametersOf(): readonly Place[] {
    return [
      ...(this.place.at("parameters")?.items() ?? []),
      ...(this.pathItem.at("parameters")?.items() ?? []),
    ];
  }

  #readParameters(): readonly Parameter[] {
    const known = new Set<string>();
    return this.#parametersOf().flatMap((place) => {
      const [name, where] = [place.text("name"), place.text("in")];
      if (name === undefined || where === undefined || where === "body" || where === "formData") return [];
      const key = JSON.stringify([where, name]);
      if (known.has(key)) return [];
      known.add(key);
      const [content] = place.at("content")?.members() ?? [];
      const schema = Schema.of(place.own("schema") ?? content?.[1].own("schema") ?? place);
      return {
        name,
        in: where,
        required: place.at("required")?.value === true,
        description: place.text("description") ?? schema?.text("description") ?? "",
        schema,
        pointer: place.pointer,
      };
    });
  }

  #requestBody(): Body | undefined {
    const place = this.place.at("requestBody");
    const content = place && mediaOf(place);
    if (!place || !content) return undefined;
    const [mediaType, media] = content;
    return {
      encoding: isForm(mediaType) ? "form" : "json",
      required: place.at("required")?.value === true,
      schema: schemaOfMedia(media),
      pointer: place.pointer,
    };
  }

  /** Swagger 2 has the body among the parameters. */
  #bodyParameter(): Body | undefined {
    const place = this.#parametersOf().find((parameter) => parameter.text("in") === "body");
    return (
      place && {
        encoding: "json",
        required: place.at("required")?.value === true,
        schema: Schema.of(place.own("schema")),
        pointer: place.pointer,
      }
    );
  }

  /** Swagger 2 has each field of a form among the parameters. */
  #formParameters(): Body | undefined {
    const fields = this.#parametersOf().filter((parameter) => parameter.text("in") === "formData");
    const [first] = fields;
    if (!first) return undefined;
    const named = fields.flatMap((field) => {
      const name = field.text("name");
      return name === undefined ? [] : [[name, field] as const];
    });
    const required = named.filter(([, field]) => field.at("required")?.value === true).map(([name]) => name);
    const properties = Object.fromEntries(
      named.map(([name, { value }]) => [name, { ...(value as object), required: undefined }]),
    );
    return {
      encoding: "form",
      required: required.length > 0,
      schema: Schema.of(first.standing({ type: "object", properties, required })),
      pointer: first.pointer,
    };
  }
}
