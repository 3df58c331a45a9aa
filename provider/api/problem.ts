import { HttpProblemError } from "../base/errors";
import type { ErrorShape, ServiceDefinition } from "../definition/definition";
import { memberTokens } from "../json/members";
import { atPointer } from "../json/pointer";
import { printable } from "../redaction/printable";
import { redact } from "../redaction/redactor";

/** How many of a vendor's details are told. */
const maxDetails = 10;

/** A vendor's own error, read from a body. */
export interface VendorProblem {
  readonly message: string;
  /** Per field: our name of the property where we know it, and what the vendor says of it. */
  readonly details: readonly { readonly property: string; readonly message: string }[];
  /** False when the text is the router's or a proxy's, so that it says nothing about a key. */
  readonly aboutKeys: boolean;
}

/** The vendor's own error in a body, or undefined when the body has none of the vendor's shapes. */
export function readProblem(
  definition: ServiceDefinition,
  status: number,
  body: unknown,
): VendorProblem | undefined {
  for (const shape of definition.errors) {
    const message = atPointer(body, shape.message);
    if (typeof message !== "string" || !codeFits(shape, status, body)) continue;
    return {
      message: quotable(message),
      details: readDetails(definition, shape, body),
      aboutKeys: !isRoutersOwn(shape, message),
    };
  }
  return undefined;
}

function isRoutersOwn({ notAboutKeys }: ErrorShape, message: string): boolean {
  return notAboutKeys instanceof RegExp
    ? notAboutKeys.test(message)
    : (notAboutKeys?.includes(message) ?? false);
}

/** What failed, what the vendor says of it and what to do, in sentences. */
export function problemError(options: {
  definition: ServiceDefinition;
  connection: string;
  /** The attempted act in words, such as `create API key "ci"`. */
  what: string;
  status: number;
  body: unknown;
}): HttpProblemError {
  const { definition, status } = options;
  const problem = readProblem(definition, status, options.body);
  const said = problem
    ? `: ${saying(problem)}`
    : `, with a response that is not in ${definition.title}'s own error format; is the base URL right?`;
  const hint = definition.statusHints[String(status)];
  const text = `${definition.title} did not ${options.what} (connection "${options.connection}"): HTTP ${status}${said}`;
  return new HttpProblemError(status, `${sentence(text)}${hint ? ` ${hint}` : ""}`);
}

/** Where the vendor has no text but the details', its first detail stands for the text and is not said twice. */
function saying({ message, details }: VendorProblem): string {
  const parts = details.map((detail) => `${detail.property}: ${detail.message}`);
  return (details[0]?.message === message ? parts : [message, ...parts]).join("; ");
}

function readDetails(
  definition: ServiceDefinition,
  shape: ErrorShape,
  body: unknown,
): VendorProblem["details"] {
  const items = shape.details ? atPointer(body, shape.details.items) : undefined;
  if (!shape.details || !Array.isArray(items)) return [];
  const { field, message } = shape.details;
  return items.slice(0, maxDetails).flatMap((item) => {
    const name = atPointer(item, field);
    const text = atPointer(item, message);
    if (typeof name !== "string" || typeof text !== "string") return [];
    return [{ property: quotable(propertyOf(definition, name)), message: quotable(text) }];
  });
}

/** Our name of a property that the vendor calls by its own. */
function propertyOf(definition: ServiceDefinition, wire: string): string {
  const [head = "", ...rest] = wire.split(/(?=[.[])/);
  const found = Object.entries(definition.fields).find(([, { wire }]) =>
    [wire.create, wire.update].some((member) => memberTokens(member).at(-1) === head),
  );
  return [found?.[0] ?? head, ...rest].join("");
}

/** An envelope that repeats the status must repeat this one: another server's page would rarely do so. */
function codeFits(shape: ErrorShape, status: number, body: unknown): boolean {
  if (shape.code === undefined) return true;
  const code = atPointer(body, shape.code);
  // A number that could be no error's status is a code of the vendor's own.
  if (typeof code === "number") return code === status || code < 400 || code > 599;
  return typeof code === "string";
}

/** Hidden before the cut, which could leave a part of a secret, and after what a secret could be broken up by. */
function quotable(text: string): string {
  return printable(text, redact);
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
