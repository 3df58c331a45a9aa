import type { Parameter } from "../document/operation";
import type { Schema } from "../document/schema";
import { plain } from "../find/words";
import { oneLine } from "../text";
import type { Answer } from "./answers";
import { pointerOf } from "./members";
import { compact, type Question } from "./part";
import type { Subject } from "./subject";

/** How a list comes in pages, as it stands in the definition. */
export interface Paging {
  readonly pagination?: Record<string, unknown>;
  /** What each request of the list asks for beside its pages. */
  readonly query?: Record<string, string> | undefined;
  readonly sources: readonly string[];
  readonly questions: readonly Question[];
}

/** A member of the response beside the list. */
interface Sign {
  readonly path: readonly string[];
  readonly word: string;
  readonly schema: Schema;
}

/** Levels of a response in which signs of pages are looked for. */
const levels = 3;
/** What is asked for where the document does not say how many keys a page may have. */
const usualSize = 20;
const mostPerPage = 1_000;

export function pagingOf({ resource, answers }: Subject): Paging {
  const { list } = resource;
  const none: Paging = { sources: [], questions: [] };
  if (!list) return none;
  const query = list.parametersIn("query");
  const signs = answers.listed ? signsIn(answers.listed.whole, answers.listed, [], levels) : [];
  const size = query.find(({ name }) =>
    /^(limit|pagesize|perpage|size|pagelimit|maxresults|take|maxitems|resultsperpage|itemsperpage|first|count|top|maxpagesize)$/.test(
      plain(name),
    ),
  );
  const next = signOf(
    signs,
    /^(next|nextcursor|nextpagetoken|nexttoken|nextpagecursor|endcursor|cursor|after|lastid|continuationtoken|nextcontinuationtoken|nextmarker|nextpage|startingafter|nextkey|marker|cursornext)$/,
    "string",
  );
  const address = signOf(
    signs,
    /^(next|nexturl|nexturi|nextlink|nexthref|nextpage|nextpageurl|nextpageuri|nextpagelink|href)$/,
    "string",
    isAddress,
  );
  const cursor = query.find(
    ({ name, schema }) =>
      /^(after|cursor|pagetoken|nexttoken|nextcursor|startingafter|continuationtoken|pagecursor|startcursor|marker|next|paginationtoken|token|nextpagetoken|startafter|afterid|pageafter|from)$/.test(
        plain(name),
      ) && !schema?.is("number"),
  );
  const page = query.find(({ name }) =>
    /^(page|pagenumber|pageno|p|pageindex|currentpage|pagenum)$/.test(plain(name)),
  );
  const offset = query.find(
    ({ name, schema }) =>
      /^(offset|skip|start|startindex|pageoffset|from)$/.test(plain(name)) && !schema?.is("string"),
  );
  if (cursor) return byCursor(cursor, size, next, signs);
  if (page) return counted("page", page, size, signs);
  if (offset) return counted("offset", offset, size, signs);
  if (address)
    return {
      ...none,
      pagination: { style: "link", next: pointerOf(address.path) },
      query: sized(size),
      sources: [address.schema.pointer],
    };
  if (list.success?.headers.some((name) => /^link$/i.test(name)))
    return { ...none, pagination: { style: "link" }, query: sized(size), sources: [list.success.pointer] };
  const numbered = signOf(signs, /^(page|currentpage|pagenumber)$/, "number");
  const pages = totalsOf(signs);
  if (numbered && pages.totalPages) {
    return {
      pagination: compact({
        style: "page",
        parameter: "page",
        totalItems: pages.totalItems,
        totalPages: pages.totalPages,
      }),
      sources: [numbered.schema.pointer],
      questions: [
        {
          question:
            "The list tells of pages, and the document has no parameter that asks for one. What is it called?",
          assumed: `"page"`,
        },
      ],
    };
  }
  return none;
}

function byCursor(
  cursor: Parameter,
  size: Parameter | undefined,
  next: Sign | undefined,
  signs: readonly Sign[],
): Paging {
  const sources = [cursor.pointer];
  const query = sized(size);
  const hasMore = moreOf(signs);
  if (next) {
    const pagination = compact({
      style: "cursor",
      parameter: cursor.name,
      next: pointerOf(next.path),
      hasMore,
    });
    return { pagination, query, sources: [...sources, next.schema.pointer], questions: [] };
  }
  const question = `The next page is asked for by ${oneLine(cursor.name, 60)}, and no field of the response tells the cursor. Do all keys come in one page?`;
  return {
    query,
    sources,
    questions: [
      { question, assumed: "yes; where a response says that there is more, it proves no key gone" },
    ],
  };
}

function counted(
  style: "page" | "offset",
  parameter: Parameter,
  size: Parameter | undefined,
  signs: readonly Sign[],
): Paging {
  const questions: Question[] = [];
  const told = size && sizeOf(size);
  if (size && told === undefined)
    questions.push({
      question: `How many keys may a page have, by ${oneLine(size.name, 60)}?`,
      assumed: `${usualSize}`,
    });
  const from = parameter.schema?.first("default") ?? parameter.schema?.number("minimum");
  const isFromZero = style === "page" && from === 0;
  const pagination = compact({
    style,
    parameter: parameter.name,
    first: isFromZero ? 0 : undefined,
    sizeParameter: size?.name,
    size: size && (told ?? usualSize),
    ...totalsOf(signs),
    hasMore: moreOf(signs),
  });
  return { pagination, sources: [parameter.pointer, size?.pointer ?? ""], questions };
}

function totalsOf(signs: readonly Sign[]) {
  const total =
    signOf(
      signs,
      /^(total|totalcount|totalitems|totalresults|totalrecords|totalentries|totalelements|totalsize|totalhits|itemcount|recordcount)$/,
      "number",
    ) ??
    signOf(signs, /^(count|results|size)$/, "number", ({ schema }) =>
      /\btotal\b/i.test(schema.text("description") ?? ""),
    );
  const pages = signOf(signs, /^(pages|totalpages|pagecount|lastpage|numpages|totalpage)$/, "number");
  return { totalItems: total && pointerOf(total.path), totalPages: pages && pointerOf(pages.path) };
}

function moreOf(signs: readonly Sign[]): string | undefined {
  const more = signOf(
    signs,
    /^(hasmore|hasnext|hasnextpage|more|hasmoredata|ismore|hasmoreitems|morepages)$/,
    "boolean",
  );
  return more && pointerOf(more.path);
}

function signOf(
  signs: readonly Sign[],
  words: RegExp,
  type: string,
  isMeant: (sign: Sign) => boolean = () => true,
): Sign | undefined {
  const fitting = signs.filter(
    ({ schema }) =>
      schema.types.length === 0 ||
      schema.types.some(
        (kind) =>
          kind === type ||
          (type === "number" && kind === "integer") ||
          (type === "string" && kind === "integer"),
      ),
  );
  return fitting
    .filter((sign) => words.test(sign.word) && isMeant(sign))
    .toSorted((a, b) => a.path.length - b.path.length)[0];
}

function isAddress({ word, schema, path }: Sign): boolean {
  const said = `${schema.text("description") ?? ""} ${schema.text("format") ?? ""} ${schema.examples.join(" ")}`;
  return (
    /ur[il]|link|href/.test(word) ||
    /^(links|_links)$/.test(path[0] ?? "") ||
    /\bur[il]\b|https?:/i.test(said)
  );
}

/** What stands beside the list, and not within a key. */
function signsIn(schema: Schema, listed: Answer, path: readonly string[], depth: number): Sign[] {
  return [...schema.properties].flatMap(([name, member]) => {
    const here = [...path, name];
    if (member.items !== undefined || here.join("/") === listed.path.join("/")) return [];
    if (member.properties.size > 0) return depth > 1 ? signsIn(member, listed, here, depth - 1) : [];
    return [{ path: here, word: plain(name), schema: member }];
  });
}

/** Asking for as many as there may be spares requests. */
function sized(size: Parameter | undefined): Record<string, string> | undefined {
  const most = size?.schema?.number("maximum");
  return size && most !== undefined && Number.isInteger(most) && most > 0
    ? { [size.name]: String(Math.min(most, mostPerPage)) }
    : undefined;
}

function sizeOf({ schema }: Parameter): number | undefined {
  const candidates = [schema?.number("maximum"), schema?.first("default"), schema?.first("example")];
  return candidates
    .map((size) => (typeof size === "number" ? Math.min(size, mostPerPage) : undefined))
    .find((size) => size !== undefined && Number.isInteger(size) && size > 1);
}
