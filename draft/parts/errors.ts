import type { Response } from "../document/media";
import type { Schema } from "../document/schema";
import { plain } from "../find/words";
import { operationsOf } from "./addresses";
import { pointerOf } from "./members";
import { type Part, part, present, type Question } from "./part";
import type { Subject } from "./subject";

interface Shape {
  readonly message: string;
  readonly code?: string | undefined;
  readonly details?: { readonly items: string; readonly field: string; readonly message: string } | undefined;
}

/** Shapes beyond these are not told apart. */
const most = 3;

const messages = [
  "message",
  "detail",
  "errordescription",
  "errormessage",
  "reason",
  "msg",
  "description",
  "title",
  "error",
];

/** The shapes of the vendor's errors. */
export function errorsPart({ resource }: Subject): Part {
  const responses = operationsOf(resource).flatMap(({ errors }) => errors);
  const shapes = new Map<string, { shape: Shape; pointer: string }>();
  for (const response of responses) {
    const shape = response.schema && shapeOf(response.schema);
    if (!shape) continue;
    const known = shapes.get(shape.message);
    if (!known) shapes.set(shape.message, { shape, pointer: response.schema?.pointer ?? response.pointer });
    else
      shapes.set(shape.message, {
        ...known,
        shape: {
          message: shape.message,
          code: known.shape.code ?? shape.code,
          details: known.shape.details ?? shape.details,
        },
      });
  }
  const found = [...shapes.values()].slice(0, most);
  const value = found.length === 0 ? undefined : found.map(({ shape }) => present({ ...shape }));
  return part(
    ["errors"],
    value,
    found.map(({ pointer }) => pointer),
    questionsOf(
      value !== undefined,
      operationsOf(resource)
        .filter((operation) => operation !== resource.create && operation !== resource.list)
        .flatMap(({ errors }) => errors),
    ),
  );
}

function questionsOf(hasShape: boolean, ofOneKey: readonly Response[]): Question[] {
  if (!hasShape)
    return [
      {
        question:
          "What do errors look like, and what is returned for a key that does not exist? The document does not say.",
        assumed: "404, with the error's text in one of the usual places",
      },
    ];
  const saysMissing = ofOneKey.some(({ status }) => /^(404|410|4XX|DEFAULT)$/.test(status));
  return saysMissing
    ? []
    : [
        {
          question: "What is returned for a key that does not exist? The document does not say.",
          assumed: "404, with an error of this shape",
        },
      ];
}

function shapeOf(schema: Schema): Shape | undefined {
  const place = messageIn(schema, [], 3);
  if (!place) return undefined;
  return { message: pointerOf(place), code: codeBeside(schema, place), details: detailsIn(schema, place) };
}

function messageIn(schema: Schema, path: readonly string[], depth: number): readonly string[] | undefined {
  const members = [...schema.properties].map(([name, member]) => ({ name, member, word: plain(name) }));
  const named = messages.flatMap(
    (word) => members.find((each) => each.word === word && isText(each.member)) ?? [],
  );
  if (named[0] && named[0].word !== "title" && named[0].word !== "error") return [...path, named[0].name];
  if (depth > 0) {
    for (const { name, member, word } of members) {
      if (!/^(error|errors|fault|problem|meta|status|data|result|response|messages)$/.test(word)) continue;
      const item = member.items;
      if (item?.is("string")) return [...path, name, "0"];
      const inner = item
        ? messageIn(item, [...path, name, "0"], depth - 1)
        : messageIn(member, [...path, name], depth - 1);
      if (inner && (member.properties.size > 0 || item)) return inner;
    }
  }
  return named[0] && [...path, named[0].name];
}

function isText({ types }: Schema): boolean {
  return types.length === 0 || types.includes("string");
}

/** The code beside the message: not the type of RFC 9457, which is an address. */
function codeBeside(schema: Schema, message: readonly string[]): string | undefined {
  const beside = message.slice(0, -1);
  const object = within(schema, beside);
  const names = [...(object?.properties.keys() ?? [])];
  const isProblem = names.includes("title") && names.includes("status");
  const words = isProblem
    ? ["code", "errorcode"]
    : ["code", "errorcode", "errcode", "errorname", "error", "name", "type", "id"];
  const found = words.flatMap(
    (word) => names.find((name) => plain(name) === word && name !== message.at(-1)) ?? [],
  );
  const scalar = found.find((name) =>
    object?.properties.get(name)?.types.every((type) => /^(string|integer|number)$/.test(type)),
  );
  return scalar === undefined ? undefined : pointerOf([...beside, scalar]);
}

/** The list of what is wrong with single fields. */
function detailsIn(schema: Schema, message: readonly string[]): Shape["details"] {
  for (const [name, member] of schema.properties) {
    const item = member.items;
    if (!item) continue;
    const names = [...item.properties.keys()];
    const field = names.find(
      (each) =>
        /^(field|param|parameter|fieldname|property|path|pointer|attribute|loc)$/.test(plain(each)) &&
        isText(item.properties.get(each) ?? item),
    );
    const text = names.find((each) => /^(message|reason|detail|msg|description|error)$/.test(plain(each)));
    if (field !== undefined && text !== undefined && (message[0] === name || name !== "0"))
      return { items: pointerOf([name]), field: pointerOf([field]), message: pointerOf([text]) };
  }
  return undefined;
}

function within(schema: Schema, path: readonly string[]): Schema | undefined {
  return path.reduce<Schema | undefined>(
    (at, name) => (at?.items && /^\d+$/.test(name) ? at.items : at?.properties.get(name)),
    schema,
  );
}
