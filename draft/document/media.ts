import { isObject } from "../../provider/json/members";
import { schemaOfExample } from "./example";
import type { Place } from "./place";
import { Schema } from "./schema";

/** What a response with a status is. */
export interface Response {
  /** A status, a range such as 4XX, or `default`. */
  readonly status: string;
  readonly description: string;
  readonly schema: Schema | undefined;
  /** Names of its headers. */
  readonly headers: readonly string[];
  readonly pointer: string;
}

/** What a document says of a response. */
export function responseOf(status: string, place: Place): Response {
  const content = mediaOf(place);
  const examples = place.at("examples")?.members() ?? [];
  return {
    status,
    description: place.text("description") ?? "",
    // Swagger 2 has schema and examples in the response itself.
    schema: content
      ? schemaOfMedia(content[1])
      : (described(Schema.of(place.own("schema"))) ?? schemaOfExample(examples[0]?.[1])),
    headers: (place.at("headers")?.members() ?? []).map(([name]) => name),
    pointer: place.pointer,
  };
}

/** The kind of content that is meant, JSON before a form before any other. */
export function mediaOf(place: Place): readonly [string, Place] | undefined {
  const content = place.at("content")?.members() ?? [];
  return (
    content.find(([type]) => /[/+]json\b/i.test(type)) ?? content.find(([type]) => isForm(type)) ?? content[0]
  );
}

/** Whether a body of this type is a form. */
export function isForm(mediaType: string): boolean {
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(mediaType);
}

/** The schema of a content, or the one that its example tells of. */
export function schemaOfMedia(media: Place): Schema | undefined {
  const [example] = media.at("examples")?.members() ?? [];
  return (
    described(Schema.of(media.own("schema"))) ??
    schemaOfExample(media.at("example") ?? example?.[1].at("value")) ??
    Schema.of(media.own("schema"))
  );
}

/** A schema that says something of what is in it. */
function described(schema: Schema | undefined): Schema | undefined {
  if (!schema) return undefined;
  const says =
    schema.properties.size > 0 ||
    schema.items !== undefined ||
    !schema.types.every((type) => type === "object");
  return says && schema.types.length > 0 ? schema : schemaOfExample(exampleOf(schema));
}

function exampleOf(schema: Schema): Place | undefined {
  const example = schema.first("example");
  return isObject(example) ? schema.place.standing(example) : undefined;
}
