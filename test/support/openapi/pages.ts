import { type ExpectedPagination, parameterOf } from "./expected";
import { at, propertyOf, put } from "./places";
import { type Schema, sample, schemaAt } from "./samples";

/** A page of a list. */
export interface Paged<Item> {
  readonly items: readonly Item[];
  /** Puts what is told of further pages into the body of the answer. */
  tell(body: unknown, answer: Schema): unknown;
}

const usualSize = 20;

/** The part of a list that a request asks for, and what its answer tells of the rest. */
export function pageOf<Item>(
  all: readonly Item[],
  idOf: (item: Item) => unknown,
  url: URL,
  pagination: ExpectedPagination | null,
): Paged<Item> {
  if (!pagination) return { items: all, tell: (body) => body };
  const { style, size: sizeParameter, totalItems, totalPages, next, hasMore, first } = pagination;
  const parameter = parameterOf(pagination);
  const size = Number((sizeParameter && url.searchParams.get(sizeParameter)) ?? usualSize);
  const asked = url.searchParams.get(parameter);
  const afterKey = () => (asked === null ? 0 : all.findIndex((item) => String(idOf(item)) === asked) + 1);
  const begins = {
    cursor: afterKey,
    link: afterKey,
    offset: () => Number(asked ?? first ?? 0),
    page: () => (Number(asked ?? first ?? 1) - (first ?? 1)) * size,
  };
  const from = begins[style]();
  const items = all.slice(from, from + size);
  const last = items.at(-1);
  const isMore = from + size < all.length;
  const address = new URL(url);
  const following = style === "link" ? last && idOf(last) : Number(asked ?? first ?? 1) + 1;
  address.searchParams.set(parameter, String(following));
  // A cursor beside a flag tells where the page ends, and only the flag whether another follows.
  const cursor = isMore || hasMore !== undefined ? last && idOf(last) : null;
  const told: readonly (readonly [place: string | undefined, value: unknown])[] = [
    [totalItems, all.length],
    [totalPages, Math.max(1, Math.ceil(all.length / size))],
    [hasMore, isMore],
    [next, style === "cursor" ? (cursor ?? null) : isMore ? address.href : undefined],
  ];
  return {
    items,
    tell: (body, answer) =>
      told.reduce((made, [place, value]) => {
        if (!place?.startsWith("/")) return made;
        const around = `/${propertyOf(place)}`;
        const whole = at(made, around) ?? sample(schemaAt(answer, around) ?? {}, "required");
        return put(put(made, around, whole), place, value);
      }, body),
  };
}
