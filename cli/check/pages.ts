import { connect } from "../../provider/api/connect";
import { wordsOf } from "../../provider/api/pagination/nameWords";
import { signsOf } from "../../provider/api/pagination/signNames";
import { HttpProblemError } from "../../provider/base/errors";
import type { Connection } from "../../provider/connection/connections";
import type { ListDefinition, ServiceDefinition } from "../../provider/definition/definition";
import type { PathParameters, RemoteKey } from "../../provider/vendor";
import type { CheckReport } from "./report";

/** Sizes at which vendors end a page. */
const usualSizes: ReadonlySet<number> = new Set([10, 20, 25, 30, 50, 100, 200, 250, 500, 1000]);

/** Pages of one key that are asked for at most. */
const maxRequests = 50;

/** Where a list without pages ends at a number of keys that looks like the size of a page. */
export function reportSuspiciousSize(
  { operations: { list } }: ServiceDefinition,
  count: number,
  report: CheckReport,
): void {
  if (!list || list.pagination || list.cap !== undefined || !usualSizes.has(count)) return;
  report.print(
    `? list: ${count} keys, as many as vendors put on one page. If there are more, declare the pagination.`,
  );
}

/** Whether the declared pagination leads to every key, when a page has room for one. */
export async function reportPagesOfOne(
  definition: ServiceDefinition,
  connection: Connection,
  pathParameters: PathParameters,
  keys: readonly RemoteKey[],
  report: CheckReport,
): Promise<void> {
  const declared = definition.operations.list;
  const list = declared && inPagesOfOne(declared);
  if (!list) return;
  if (keys.length < 2 || keys.length > maxRequests) {
    const why = keys.length < 2 ? "which takes two keys" : `which takes ${maxRequests} keys at most`;
    report.print(`list: pages of one key were not tried, ${why}`);
    return;
  }
  const operations = { ...definition.operations, list };
  const vendor = connect({ ...definition, operations }, connection);
  try {
    if (!list.pagination) {
      const shown = (await vendor.listVisible?.(pathParameters, "fresh"))?.length ?? 0;
      if (shown < keys.length) {
        report.print(
          `? list: asked for one key, the vendor shows ${shown} of ${keys.length}. A list longer than ${sizeAsked(declared)?.[1]} keys is cut: declare the pagination.`,
        );
      } else report.print(`list: asked for one key, the vendor shows all ${keys.length}`);
      return;
    }
    const paged = await vendor.list?.(pathParameters, "fresh");
    const ids = new Set(paged?.map(({ id }) => id));
    const missing = keys.filter(({ id }) => !ids.has(id)).length;
    if (missing > 0) {
      report.complaint(
        `list: pages of one key show ${ids.size} of ${keys.length} keys, so that the pagination loses some.`,
      );
    } else report.print(`list: pages of one key lead to all ${keys.length} keys`);
  } catch (error) {
    // Vendors may refuse so small a page; that says nothing of the pagination.
    if (!(error instanceof HttpProblemError)) throw error;
    report.print(`list: pages of one key were refused with HTTP ${error.status}`);
  }
}

/** The list with its page size set to one; undefined where nothing asks for a size. */
function inPagesOfOne(list: ListDefinition): ListDefinition | undefined {
  const { pagination, query } = list;
  if (pagination && "sizeParameter" in pagination && pagination.sizeParameter !== undefined)
    return { ...list, pagination: { ...pagination, size: 1 } };
  const [asked] = sizeAsked(list) ?? [];
  // A size that only the pagination knows of is not ours to ask for otherwise.
  const isCounted = pagination && "size" in pagination && pagination.size !== undefined;
  return asked === undefined || isCounted ? undefined : { ...list, query: { ...query, [asked]: "1" } };
}

/** The constant of a list's query that asks for pages of a size. */
function sizeAsked({ query }: ListDefinition): readonly [string, string] | undefined {
  return Object.entries(query).find(
    ([name, value]) => signsOf(wordsOf(name)).includes("size") && /^\d+$/.test(value),
  );
}
