import { isObject } from "../../provider/json/members";
import { pointerToken } from "../../provider/json/pointer";
import { limits } from "./limits";

/** A file of a document, as places in it need it. */
export interface SourceFile {
  /** What it is called in pointers: nothing for the document itself. */
  readonly name: string;
  /** Where a `$ref` that stands in this file leads; undefined where it cannot be followed. */
  follow(reference: string, from: string): Place | undefined;
}

/** A value of a document, and where it stands. */
export class Place {
  constructor(
    readonly value: unknown,
    private readonly path: string,
    private readonly file: SourceFile,
  ) {}

  /** The JSON Pointer, behind the file's name where it is not the document itself. */
  get pointer(): string {
    return this.file.name === "" ? this.path : `${this.file.name}#${this.path}`;
  }

  /** What stands below under these names, each `$ref` on the way followed; undefined where there is nothing. */
  at(...names: readonly (string | number)[]): Place | undefined {
    return names.reduce<Place | undefined>(
      (place, name) => place?.resolved()?.own(String(name))?.resolved(),
      this,
    );
  }

  /** What stands below under a name, as it is written. */
  own(name: string): Place | undefined {
    const { value } = this;
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    const member = (value as Record<string, unknown>)[name];
    return new Place(member, `${this.path}/${pointerToken(name)}`, this.file);
  }

  /** This place, or the one that its `$ref` leads to; undefined where that leads nowhere or round in a circle. */
  resolved(): Place | undefined {
    let place: Place | undefined = this;
    for (let step = 0; step <= limits.references; step++) {
      const reference: unknown = isObject(place.value) ? place.value.$ref : undefined;
      if (typeof reference !== "string") return place;
      place = place.file.follow(reference, place.pointer);
      if (place === undefined) return undefined;
    }
    return undefined;
  }

  /** The members of an object, in their order; the $ref of each followed. */
  members(): (readonly [string, Place])[] {
    if (!isObject(this.value)) return [];
    return Object.keys(this.value).flatMap((name) => {
      const place = this.at(name);
      return place ? [[name, place] as const] : [];
    });
  }

  /** The items of a list, the $ref of each followed. */
  items(): Place[] {
    if (!Array.isArray(this.value)) return [];
    return this.value.flatMap((_item, index) => this.at(index) ?? []);
  }

  /** The text under a name. */
  text(name: string): string | undefined {
    const value = this.at(name)?.value;
    return typeof value === "string" ? value : undefined;
  }

  /** Another value that stands for what is here, such as the schema of an example. */
  standing(value: unknown): Place {
    return new Place(value, this.path, this.file);
  }
}
