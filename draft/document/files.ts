import { closeSync, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import path from "node:path";
import { atPointer } from "../../provider/json/pointer";
import { limits } from "./limits";
import { parse } from "./parse";
import { Place, type SourceFile } from "./place";
import { DraftError } from "./problem";

/** What a file of a document may be called: a reference to any other is a mistake, or an attempt to read a secret. */
const readable = /\.(json|ya?ml)$/i;

/** The files that a document is made of: it, and those in its folder that its references lead to. */
export class DocumentFiles {
  readonly #folder: string;
  readonly #files = new Map<string, Place | undefined>();
  readonly #notes = new Set<string>();
  #bytes = 0;

  /** @throws {DraftError} when the document cannot be read */
  constructor(private readonly file: string) {
    const whole = realPath(file);
    if (whole === undefined) throw new DraftError(`${file} cannot be read: there is no such file.`);
    this.#folder = path.dirname(whole);
    this.#files.set(whole, this.#read(whole, ""));
  }

  /** The whole document. */
  get root(): Place {
    const [root] = this.#files.values();
    return root as Place;
  }

  /** What could not be followed, in sentences. */
  get notes(): readonly string[] {
    return [...this.#notes];
  }

  #read(whole: string, name: string): Place {
    const called = name === "" ? this.file : name;
    const text = this.#textOf(whole, called);
    const value = parse(text, called);
    const source: SourceFile = {
      name,
      follow: (reference, from) => this.#follow(reference, from, whole, new Place(value, "", source)),
    };
    return new Place(value, "", source);
  }

  #textOf(whole: string, called: string): string {
    const descriptor = openSync(whole, "r");
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) throw new DraftError(`${called} cannot be read: it is no file.`);
      const left = limits.bytes - this.#bytes;
      // A file may grow while it is read.
      const buffer = Buffer.alloc(Math.min(stats.size, left) + 1);
      let length = 0;
      for (let count = -1; count !== 0 && length < buffer.length; length += count)
        count = readSync(descriptor, buffer, length, buffer.length - length, null);
      if (length > left)
        throw new DraftError(
          `${called} cannot be read: with more than ${limits.bytes / 1_048_576} MiB it is too large. Cut it down to the paths of the key resource and what they refer to.`,
        );
      this.#bytes += length;
      return buffer.toString("utf8", 0, length);
    } finally {
      closeSync(descriptor);
    }
  }

  #follow(reference: string, from: string, whole: string, root: Place): Place | undefined {
    const [address = "", fragment = ""] = reference.split("#", 2);
    const target = address === "" ? root : this.#open(address, reference, from, whole);
    if (target === undefined) return undefined;
    const pointer = decoded(fragment);
    if (pointer !== "" && !pointer.startsWith("/"))
      return this.#unfollowed(reference, from, "is no JSON Pointer");
    if (atPointer(target.value, pointer) === undefined)
      return this.#unfollowed(reference, from, "leads to nothing");
    return pointer
      .split("/")
      .slice(1)
      .reduce<Place | undefined>(
        (place, token) => place?.own(token.replaceAll("~1", "/").replaceAll("~0", "~")),
        target,
      );
  }

  #open(address: string, reference: string, from: string, whole: string): Place | undefined {
    if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(address))
      return this.#unfollowed(reference, from, "is not in the document's folder, and nothing is fetched");
    const asked = path.resolve(path.dirname(whole), decoded(address));
    const real = realPath(asked);
    if (real === undefined || !readable.test(real))
      return this.#unfollowed(reference, from, "is no JSON or YAML file here");
    if (!real.startsWith(`${this.#folder}${path.sep}`))
      return this.#unfollowed(reference, from, "is outside of the document's folder");
    if (!this.#files.has(real)) this.#files.set(real, this.#readOrNote(real, reference, from));
    return this.#files.get(real);
  }

  #readOrNote(real: string, reference: string, from: string): Place | undefined {
    if (this.#files.size >= limits.files) return this.#unfollowed(reference, from, "is one file too many");
    try {
      return this.#read(real, path.relative(this.#folder, real));
    } catch (error) {
      if (!(error instanceof DraftError)) throw error;
      return this.#unfollowed(reference, from, `cannot be read (${error.message})`);
    }
  }

  #unfollowed(reference: string, from: string, why: string): undefined {
    if (this.#notes.size < 20) this.#notes.add(`${from}: the $ref ${JSON.stringify(reference)} ${why}.`);
    return undefined;
  }
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
