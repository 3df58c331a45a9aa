export interface Problem {
  /** Where in the body: empty for the body itself. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Pydantic's name for the problem; only Xentree sends it. */
  readonly type: string;
}

/** A date with an offset. Without one, a time would mean another moment on another machine. */
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

/** Reads a request's fields and collects all problems with them, so that one response can list them. */
export class Fields {
  readonly problems: Problem[] = [];
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #readable: boolean;

  constructor(body: string) {
    const parsed = body === "" ? {} : parse(body);
    this.#readable = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
    this.#values = this.#readable ? (parsed as Record<string, unknown>) : {};
    if (parsed === undefined) this.#report([], "JSON decode error", "json_invalid");
    else if (!this.#readable) this.#report([], "Input should be an object", "dict_type");
  }

  requiredText(name: string): string {
    if (this.#values[name] === undefined && this.#readable) this.#report([name], "Field required", "missing");
    return this.text(name, "");
  }

  text(name: string, fallback: string): string {
    const value = this.#values[name];
    if (value === undefined) return fallback;
    if (typeof value !== "string") this.#report([name], "Input should be a valid string", "string_type");
    else if (value.trim() !== "") return value;
    else this.#report([name], "String should have at least 1 character", "string_too_short");
    return fallback;
  }

  optionalText(name: string): string | null {
    return this.#values[name] === null ? null : this.text(name, "") || null;
  }

  texts(name: string, fallback: readonly string[]): string[] {
    const value = this.#values[name] ?? fallback;
    if (!Array.isArray(value) || this.#values[name] === null) {
      this.#report([name], "Input should be a valid list", "list_type");
      return [];
    }
    for (const [index, item] of value.entries()) {
      if (typeof item === "string") continue;
      this.#report([name, index], "Input should be a valid string", "string_type");
    }
    return [...value];
  }

  integer(name: string, fallback: number, minimum: number): number {
    const value = this.#values[name];
    if (value === undefined) return fallback;
    if (typeof value !== "number" || !Number.isInteger(value)) {
      this.#report([name], "Input should be a valid integer", "int_type");
    } else if (value < minimum) {
      this.#report([name], `Input should be greater than or equal to ${minimum}`, "greater_than_equal");
    } else {
      return value;
    }
    return fallback;
  }

  /** As the vendor writes it: UTC with milliseconds, whatever offset was sent. */
  futureTime(name: string, now: number): string | null {
    const value = this.#values[name] ?? null;
    if (value === null) return null;
    const instant = typeof value === "string" && RFC3339.test(value) ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(instant)) {
      this.#report([name], "Input should be a valid datetime with an offset", "datetime_parsing");
    } else if (instant <= now) {
      this.#report([name], "Input should be in the future", "datetime_future");
    } else {
      return new Date(instant).toISOString();
    }
    return null;
  }

  #report(path: Problem["path"], message: string, type: string): void {
    this.problems.push({ path, message, type });
  }
}

/** Returns undefined, which is no JSON value, for a text that is not JSON. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
