import { isObject } from "../../provider/json/members";
import { limits } from "./limits";
import type { Place } from "./place";

/** One of the schemas that are joined to a whole. */
interface Part {
  readonly place: Place;
  /** Whether it is one of several alternatives, so that what it requires need not be there. */
  readonly alternative: boolean;
}

type Raw = Readonly<Record<string, unknown>>;

/**
 * What a document says of a JSON value, the same for Swagger 2, OpenAPI 3.0 and 3.1: `allOf` and `$ref` are joined, a
 * choice of null and something else is that with `nullable`, and of several other alternatives each may be.
 */
export class Schema {
  #properties: ReadonlyMap<string, Schema> | undefined;

  private constructor(
    private readonly parts: readonly [Part, ...Part[]],
    private readonly nullAmong: boolean,
  ) {}

  /** The schema at a place; undefined where there is none. */
  static of(place: Place | undefined): Schema | undefined {
    return place === undefined ? undefined : Schema.#joined([{ place, alternative: false }]);
  }

  static #joined(given: readonly Part[]): Schema | undefined {
    const parts: Part[] = [];
    const nulls = { among: false };
    const seen = new Set<unknown>();
    for (const { place, alternative } of given) collect(place, alternative, parts, seen, nulls);
    const [first, ...others] = parts;
    return first && new Schema([first, ...others], nulls.among);
  }

  /** Where it stands. */
  get place(): Place {
    return this.parts[0].place;
  }

  get pointer(): string {
    return this.place.pointer;
  }

  /** The kinds of JSON that it may be, null aside; none where nothing is said. */
  get types(): readonly string[] {
    const told = this.#all("type")
      .flat()
      .filter((type) => typeof type === "string" && type !== "null") as string[];
    if (told.length > 0) return [...new Set(told)];
    if (this.#all("properties").length > 0) return ["object"];
    if (this.#all("items").length > 0) return ["array"];
    const [sample] = [...(this.values ?? []), ...this.examples].filter((value) => value !== null);
    return sample === undefined ? [] : [jsonType(sample)];
  }

  /** Whether it is of this kind and of no other. */
  is(type: string): boolean {
    const { types } = this;
    return types.length === 1 && (types[0] === type || (type === "number" && types[0] === "integer"));
  }

  get nullable(): boolean {
    if (this.nullAmong || this.#all("nullable").includes(true) || this.#all("x-nullable").includes(true))
      return true;
    return this.#all("type").some((type) => Array.isArray(type) && type.includes("null"));
  }

  /** The members of an object, by name. */
  get properties(): ReadonlyMap<string, Schema> {
    this.#properties ??= this.#joinedProperties();
    return this.#properties;
  }

  /** Names of the members that have to be there. */
  get required(): ReadonlySet<string> {
    const own = this.parts.filter(({ alternative }) => !alternative);
    const names = own.flatMap(({ place }) => (place.value as Raw).required ?? []);
    return new Set(names.filter((name): name is string => typeof name === "string"));
  }

  /** What each item of a list is. */
  get items(): Schema | undefined {
    return Schema.#joined(
      this.parts.flatMap(({ place, alternative }) => {
        const items = place.own("items");
        return items ? [{ place: items, alternative }] : [];
      }),
    );
  }

  /** The only values, null aside; undefined where there are others. */
  get values(): readonly unknown[] | undefined {
    const constants = this.#all("const");
    if (constants.length > 0) return constants.filter((value) => value !== null);
    const lists = this.parts.flatMap(({ place }) => {
      const list = (place.value as Raw).enum;
      return Array.isArray(list) ? [list] : [];
    });
    if (lists.length === 0 || lists.length < this.parts.filter(({ alternative }) => alternative).length)
      return undefined;
    return [...new Set(lists.flat())].filter((value) => value !== null);
  }

  /** Examples and the default, in this order. */
  get examples(): readonly unknown[] {
    return [...this.#all("example"), ...this.#all("examples").flat(), ...this.#all("default")];
  }

  /** What a keyword says first, such as `default`. */
  first(keyword: string): unknown {
    return this.#all(keyword)[0];
  }

  /** The first text of a keyword, such as `description` or `format`. */
  text(keyword: string): string | undefined {
    return this.#all(keyword).find((value): value is string => typeof value === "string");
  }

  /** The first number of a keyword, such as `maximum`. */
  number(keyword: string): number | undefined {
    return this.#all(keyword).find((value): value is number => typeof value === "number");
  }

  /** Whether a keyword, such as `readOnly`, is true anywhere. */
  flag(keyword: string): boolean {
    return this.#all(keyword).includes(true);
  }

  #all(keyword: string): unknown[] {
    return this.parts.flatMap(({ place }) => {
      const raw = place.value as Raw;
      return Object.hasOwn(raw, keyword) ? [raw[keyword]] : [];
    });
  }

  #joinedProperties(): ReadonlyMap<string, Schema> {
    const places = new Map<string, Part[]>();
    for (const { place, alternative } of this.parts) {
      const properties = place.at("properties");
      for (const name of Object.keys(isObject(properties?.value) ? properties.value : {})) {
        const own = properties?.own(name);
        if (own) places.set(name, [...(places.get(name) ?? []), { place: own, alternative }]);
      }
    }
    return new Map(
      [...places].flatMap(([name, parts]) => {
        const schema = Schema.#joined(parts);
        return schema ? [[name, schema] as const] : [];
      }),
    );
  }
}

function collect(
  written: Place,
  alternative: boolean,
  parts: Part[],
  seen: Set<unknown>,
  nulls: { among: boolean },
): void {
  if (!isObject(written.value) || seen.has(written.value) || parts.length >= limits.schemaParts) return;
  seen.add(written.value);
  const { $ref: reference, ...own } = written.value;
  const target = typeof reference === "string" ? written.resolved() : undefined;
  if (target) {
    // What stands beside a reference goes before what it leads to.
    if (Object.keys(own).length > 0) parts.push({ place: written, alternative });
    collect(target, alternative, parts, seen, nulls);
    return;
  }
  if (typeof reference === "string") return;
  parts.push({ place: written, alternative });
  for (const [index] of list(own.allOf).entries()) {
    const part = written.own("allOf")?.own(String(index));
    if (part) collect(part, alternative, parts, seen, nulls);
  }
  for (const keyword of ["oneOf", "anyOf"]) {
    const choices = written.own(keyword);
    const all = list(choices?.value).flatMap((_choice, index) => choices?.own(String(index)) ?? []);
    const others = all.filter((choice) => !isNull(choice.value));
    if (others.length < all.length) nulls.among = true;
    for (const choice of others) collect(choice, alternative || others.length > 1, parts, seen, nulls);
  }
}

function isNull(value: unknown): boolean {
  return isObject(value) && (value.type === "null" || value.const === null);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The kind of JSON that a value is. */
export function jsonType(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (value === null) return "null";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}
