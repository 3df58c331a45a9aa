import { createHash, randomUUID } from "node:crypto";
import { access, constants, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { isObject } from "../../json/members";
import { ConflictError, type Document, documentStore } from "../documentStore";
import { deliveryFailed, nonEmpty, type StoreKind, targetWithFields } from "../kind";
import type { FileTarget } from "../targets";
import { inTurn, Turn } from "../turn";

/** A file on the machine that runs `pulumi up`: dotenv or JSON, mode 0600, replaced in one step. */
export const file: StoreKind<FileTarget, object> = {
  title: "a file",
  target: targetWithFields({
    store: z.literal("file"),
    path: nonEmpty,
    format: z.enum(["dotenv", "json"], { error: 'must be "dotenv" or "json"' }).optional(),
  }) as unknown as z.ZodType<FileTarget>,
  settings: z.strictObject({}),
  readsBack: true,
  async open(target, { shared }) {
    const place = path.resolve(target.path);
    const format = target.format ?? (target.path.endsWith(".json") ? "json" : "dotenv");
    const turn = shared(`turn ${place}`, () => new Turn());
    return inTurn(fileStore(place, `File ${target.path}`, format === "json" ? json : dotenv), turn);
  },
};

/** How a file holds texts by name. */
interface FileFormat {
  parse(text: string): Record<string, string> | undefined;
  /** Whether the text has anything beside texts by name. */
  hasMore(text: string): boolean;
  /** The text with these fields, and all else as it was. */
  print(fields: Readonly<Record<string, string>>, before: string): string;
}

function fileStore(place: string, label: string, format: FileFormat) {
  return documentStore({
    label,
    address: place,
    probe: () => probe(place, label),
    read: async () => {
      const text = await textIn(place, label);
      const fields = text === undefined ? undefined : format.parse(text);
      if (text !== undefined && fields === undefined)
        throw deliveryFailed(`${label} is not in its format. Correct the file.`);
      return fields && { fields, version: versionOf(text ?? ""), hasMore: format.hasMore(text ?? "") };
    },
    replace: (fields, there) => replace(place, label, format, fields, there),
    erase: async () => rm(place, { force: true }),
  });
}

async function probe(place: string, label: string): Promise<void> {
  const folder = path.dirname(place);
  const problem = async () => {
    const there = await stat(folder).catch(() => undefined);
    if (there !== undefined && !there.isDirectory()) return `${folder} is no folder`;
    const target = there === undefined ? path.dirname(folder) : folder;
    const may = await access(target, constants.W_OK).then(
      () => true,
      () => false,
    );
    return may ? undefined : `${target} cannot be written`;
  };
  const found = await problem();
  if (found !== undefined)
    throw deliveryFailed(
      `${label} cannot be written: ${found}. Change its permissions, or name another path.`,
    );
}

async function textIn(place: string, label: string): Promise<string | undefined> {
  try {
    return await readFile(place, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw deliveryFailed(`${label} cannot be read (${code}). Change its permissions, or name another path.`);
  }
}

async function replace(
  place: string,
  label: string,
  format: FileFormat,
  fields: Readonly<Record<string, string>>,
  there: Document | undefined,
): Promise<string> {
  const before = await textIn(place, label);
  if ((before === undefined ? undefined : versionOf(before)) !== there?.version) throw new ConflictError();
  const text = format.print(fields, before ?? "");
  const temporary = `${place}.${randomUUID()}.tmp`;
  try {
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(temporary, text, { mode: 0o600, flag: "wx", flush: true });
    await rename(temporary, place);
  } catch (error) {
    await rm(temporary, { force: true });
    throw deliveryFailed(
      `${label} cannot be written (${(error as NodeJS.ErrnoException).code}). Make room or change permissions, then run \`pulumi up\` again.`,
    );
  }
  return versionOf(text);
}

function versionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

const json: FileFormat = {
  parse(text) {
    try {
      const value: unknown = text.trim() === "" ? {} : JSON.parse(text);
      if (!isObject(value)) return undefined;
      const texts = Object.entries(value).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string",
      );
      return Object.fromEntries(texts);
    } catch {
      return undefined;
    }
  },
  hasMore(text) {
    return Object.values(JSON.parse(text || "{}")).some((value) => typeof value !== "string");
  },
  print(fields, before) {
    const value: unknown = before.trim() === "" ? {} : JSON.parse(before);
    const others = Object.entries(isObject(value) ? value : {}).filter(
      ([name, held]) => typeof held !== "string" || fields[name] !== undefined,
    );
    return `${JSON.stringify({ ...Object.fromEntries(others), ...fields }, undefined, 2)}\n`;
  },
};

/** A line that sets a variable. */
const assignment = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.]*)\s*=\s*(.*)$/;

const dotenv: FileFormat = {
  parse(text) {
    const fields: Record<string, string> = {};
    for (const line of text.split("\n")) {
      const [, name, value = ""] = assignment.exec(line) ?? [];
      if (name !== undefined) fields[name] = unquoted(value.trim());
    }
    return fields;
  },
  hasMore(text) {
    return text.split("\n").some((line) => line.trim() !== "" && !assignment.test(line));
  },
  print(fields, before) {
    const written = new Set<string>();
    const lines = before.split("\n").flatMap((line) => {
      const [, name, value = ""] = assignment.exec(line) ?? [];
      if (name === undefined) return [line];
      const text = fields[name];
      if (text === undefined || written.has(name)) return [];
      written.add(name);
      return [unquoted(value.trim()) === text ? line : `${name}=${quoted(text)}`];
    });
    while (lines.at(-1) === "") lines.pop();
    const added = Object.entries(fields).filter(([name]) => !written.has(name));
    return [...lines, ...added.map(([name, text]) => `${name}=${quoted(text)}`), ""].join("\n");
  },
};

/** As Node's own `--env-file` reads it: in single quotes nothing is special. */
function quoted(text: string): string {
  if (/^[A-Za-z0-9_./:@%+,=-]*$/.test(text)) return text;
  const quote = ["'", '"', "`"].find((mark) => !text.includes(mark));
  if (quote === undefined || text.includes("\n"))
    throw deliveryFailed(
      'A value with line breaks, or with all kinds of quotes, cannot be in a dotenv file. Use format: "json".',
    );
  return `${quote}${text}${quote}`;
}

function unquoted(text: string): string {
  const [quote = ""] = text;
  if (/['"`]/.test(quote)) {
    const end = text.indexOf(quote, 1);
    if (end > 0) return text.slice(1, end);
  }
  return text.replace(/\s+#.*$/, "");
}
