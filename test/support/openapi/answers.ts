import type { Reply } from "../../../sandbox/http";
import type { ApiDocument } from "./document";
import type { Expected } from "./expected";
import type { RememberedKey } from "./heldKey";
import type { Judge, MatchedOperation } from "./judge";
import type { Paged } from "./pages";
import { at, put, type Tree } from "./places";
import { contentOf } from "./refusals";
import { propertiesOf, type Schema, sample, schemaAt } from "./samples";

/** Answers of the shapes that a document gives to its operations, filled in from memory. */
export class Answers {
  /** @param complain is told why the document does not allow an answer that was made all the same */
  constructor(
    private readonly document: ApiDocument,
    private readonly expected: Expected,
    private readonly judge: Judge,
    private readonly complain: (text: string) => void,
  ) {}

  /** A key with its value, which no other answer has. */
  withValue(operation: MatchedOperation, key: RememberedKey): Reply {
    const { envelope, value } = this.expected;
    return this.#reply(operation, (body, answer) =>
      put(withKey(body, answer, envelope.created, key), value, key.value),
    );
  }

  /** A key in the form of an operation's answer, wherever that has the key's id. */
  telling(operation: MatchedOperation, key: RememberedKey): Reply {
    return this.#reply(operation, (body, answer) => {
      const place = this.#placeIn(answer);
      return place === undefined ? body : withKey(body, answer, place, key);
    });
  }

  /** An answer that names the key which is gone. */
  gone(operation: MatchedOperation, { wire }: RememberedKey): Reply {
    const { id } = this.expected.listed;
    return this.#reply(operation, (body, answer) => {
      const place = this.#placeIn(answer);
      return place === undefined ? body : put(body, place + id, at(wire, id));
    });
  }

  listing(operation: MatchedOperation, page: Paged<RememberedKey>): Reply {
    const { list, item = "" } = this.expected.envelope;
    const fill = (body: unknown, answer: Schema) => {
      const around = schemaAt(answer, `${list}/0`) ?? {};
      const schema = schemaAt(around, item) ?? {};
      const items = page.items.map(({ wire }) => put(sample(around), item, shown(wire, schema)));
      return page.tell(put(body, list, items), answer);
    };
    return this.#reply(operation, fill, "required");
  }

  /** The properties that any answer tells of a key. */
  keySchema(): Schema {
    const { create, list, get, envelope } = this.expected;
    const schemas = [
      this.#schemaOf(create, envelope.created),
      this.#schemaOf(list, `${envelope.list}/0${envelope.item ?? ""}`),
      ...(get ? [this.#schemaOf(get, envelope.read ?? "")] : []),
    ];
    return { type: "object", properties: Object.assign({}, ...schemas.map(propertiesOf)) };
  }

  /** A key as the document's examples have it. */
  exampleKey(): Tree {
    const created = this.#schemaOf(this.expected.create, this.expected.envelope.created);
    return { ...(sample(this.keySchema()) as Tree), ...(sample(created) as Tree) };
  }

  #schemaOf(operation: string, place: string): Schema {
    const [method = "", path = ""] = operation.split(" ");
    const { responses = {} } = this.document.paths[path]?.[method.toLowerCase()] ?? {};
    const success = Object.keys(responses).find((status) => status.startsWith("2")) ?? "";
    return schemaAt(contentOf(responses[success]).media?.schema, place) ?? {};
  }

  #placeIn(answer: Schema): string | undefined {
    const { envelope, listed } = this.expected;
    const places = [envelope.read, envelope.created, ""].filter((place) => place !== undefined);
    return places.find((place) => schemaAt(answer, place + listed.id) !== undefined);
  }

  #reply(
    operation: MatchedOperation,
    fill: (body: unknown, answer: Schema) => unknown,
    extent: "everything" | "required" = "everything",
  ): Reply {
    const status = Number(Object.keys(operation.responses).find((code) => code.startsWith("2")));
    const { schema } = contentOf(operation.responses[status]).media ?? {};
    if (!schema) return { status };
    const body = fill(sample(schema, extent), schema) as object;
    const complaints = this.judge.complaintsAboutAnswer(body, status, operation);
    if (complaints.length > 0)
      this.complain(`an answer to ${operation.operationId}: ${complaints.join("; ")}`);
    return { status, body };
  }
}

function withKey(body: unknown, answer: Schema, place: string, { wire }: RememberedKey): unknown {
  const told = shown(wire, schemaAt(answer, place) ?? {});
  // What an example has and the key does not, such as an expiry, is no part of the answer.
  return put(body, place, place === "" ? { ...(sample(answer, "required") as Tree), ...told } : told);
}

/** The properties of a key that an answer has. */
function shown(wire: Tree, schema: Schema): Tree {
  const names = Object.keys(propertiesOf(schema));
  return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(wire, name) ? [[name, wire[name]]] : [])));
}
