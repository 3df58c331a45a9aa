import type { ListDefinition } from "../../definition/definition";
import type { HttpQuery } from "../../http/request";
import { isObject } from "../../json/members";
import type { PathParameters } from "../../vendor";
import { saysAbsent, succeeded } from "../answers";
import type { Incomplete } from "../pagination/incompleteList";
import { readWhole, type WholeList } from "../pagination/listing";
import type { OperationRequest } from "../wire/request";
import type { OperationClient } from "./calls";

/** Every key under the path parameters, page after page. */
export async function list(
  calls: OperationClient,
  operation: ListDefinition,
  pathParameters: PathParameters,
  incomplete: Incomplete,
): Promise<WholeList> {
  const first = await calls.request({ operation, pathParameters });
  const { path, query = {} } = first;
  const source = {
    // Also where a page is asked for in the body: it tells one page from another.
    url: (page: HttpQuery) => calls.http.url({ path, query: page }),
    read: async (page: HttpQuery, number: number) => {
      const what = number === 1 ? "list API keys" : `list API keys, page ${number}`;
      const request = requestOfPage(operation, first, page);
      const response = await calls.sendRequest({ operation, what, repeatable: true }, request);
      if (operation.notFound && saysAbsent(calls.definition, operation, response)) return "none" as const;
      if (!succeeded(operation, response)) throw calls.problem(what, response);
      return response;
    },
  };
  return readWhole(
    calls.definition,
    { ...operation, query: query as Record<string, string> },
    source,
    incomplete,
  );
}

/** The list's request, asking for a page. */
export function requestOfPage(
  { pagination }: Pick<ListDefinition, "pagination">,
  first: OperationRequest,
  page: HttpQuery,
): OperationRequest {
  return pagination && "in" in pagination && pagination.in === "body"
    ? { ...first, body: pagedBody(first, page, pagination.style !== "cursor") }
    : { ...first, query: page };
}

/**
 * The body that asks for a page.
 *
 * @param counts whether the parameters are counts, which JSON has as numbers
 */
function pagedBody({ body }: OperationRequest, page: HttpQuery, counts: boolean): Record<string, unknown> {
  const asked = typeof page === "string" ? {} : page;
  const typed = Object.entries(asked).map(([name, text]) => [
    name,
    counts && /^\d{1,15}$/.test(text) ? Number(text) : text,
  ]);
  return { ...(isObject(body) ? body : {}), ...Object.fromEntries(typed) };
}
