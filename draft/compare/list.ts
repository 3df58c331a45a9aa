import type { ServiceDefinition } from "../../provider/definition/definition";
import type { Pagination } from "../../provider/definition/schema/pagination";
import { pointerTokens } from "../../provider/json/pointer";
import type { ApiDocument } from "../document";
import type { Operation } from "../document/operation";
import { pagingOf } from "../parts/pagination";
import { subjectOf } from "../parts/subject";
import { change, type Difference } from "./difference";
import { type Pair, resourceNow } from "./operations";
import { pageParameters, queryParameter } from "./parameters";
import { placeIn } from "./schemaPlace";

const firstPageAlone = "Only the first page of keys would be read: others would pass for gone.";

/** How a list comes in pages, against the definition's word for it. */
export function pageDifferences(
  { operations: { list } }: ServiceDefinition,
  document: ApiDocument,
  pairs: readonly Pair[],
): Difference[] {
  const described = pairs.find(({ role }) => role === "list")?.described;
  if (!list || !described) return [];
  if (!list.pagination) return newPages(document, pairs, described);
  return [
    ...signsGone(list.pagination, described),
    ...parametersGone(list.query, pageParameters(list), described),
  ];
}

function newPages(document: ApiDocument, pairs: readonly Pair[], list: Operation): Difference[] {
  const resource = resourceNow(document, pairs);
  if (resource?.list !== list) return [];
  const { pagination, sources } = pagingOf(subjectOf(document, resource));
  if (!pagination) return [];
  return [
    change(
      `list: keys come in pages, ${pagination.style === "link" ? "each with a link to the next" : `asked for by ${String(pagination.parameter)}`}; the definition asks for one.`,
      firstPageAlone,
      sources[0] ?? list.pointer,
    ),
  ];
}

/** Places in the response that tell of further pages. */
function signsGone(pagination: Pagination, list: Operation): Difference[] {
  const { next, hasMore, totalItems, totalPages } = {
    next: undefined,
    hasMore: undefined,
    totalItems: undefined,
    totalPages: undefined,
    ...pagination,
  };
  return [next, hasMore, totalItems, totalPages].flatMap((at) => {
    const found = at === undefined ? undefined : placeIn(list.success?.schema, pointerTokens(at));
    if (at === undefined || found?.is !== "gone") return [];
    return [
      change(
        `list: the response has no ${at}, which tells of further pages.`,
        firstPageAlone,
        found.within.pointer,
      ),
    ];
  });
}

/** A document that declares no parameter of a list says nothing of pages. */
function parametersGone(
  query: Readonly<Record<string, string>>,
  pages: Readonly<Record<string, string | undefined>>,
  list: Operation,
): Difference[] {
  const declared = list.parametersIn("query").filter(({ name }) => !Object.hasOwn(query, name));
  if (declared.length === 0) return [];
  return Object.keys(pages).flatMap((name) =>
    queryParameter(list, name)
      ? []
      : [
          change(
            `list: the request has no ${name}, by which the definition asks for a page.`,
            firstPageAlone,
            list.pointer,
          ),
        ],
  );
}
