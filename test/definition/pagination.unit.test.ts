import { readDefinition } from "../../provider/definition/registry";
import { acme } from "../support/vendor/definitions";

/** A definition whose list says so much more. */
function listing(more: { pagination?: unknown; query?: unknown }) {
  const { operations, ...rest } = acme();
  return readDefinition({ ...rest, operations: { ...operations, list: { ...operations.list, ...more } } });
}

describe("a definition's list in pages", () => {
  it.each<[string, unknown, string]>([
    [
      "a style that there is not",
      { style: "pages" },
      '/style: must be one of cursor, page, offset, link; did you mean "page"?',
    ],
    ["no place of the cursor", { style: "cursor", parameter: "cursor" }, "/next: is missing"],
    [
      "the whole body for a cursor",
      { style: "cursor", parameter: "cursor", next: "" },
      "/next: must point into the body, such as /meta/next",
    ],
    [
      "no pointer to the next address",
      { style: "url", next: "links.next" },
      "/next: must be a JSON Pointer (RFC 6901), such as /data/key, or empty for the whole body",
    ],
    ["no parameter that carries the page", { style: "page" }, "/parameter: is missing"],
    [
      "a parameter without a name",
      { style: "offset", parameter: "" },
      "/parameter: Too small: expected string to have >=1 characters",
    ],
    [
      "a first page below 0",
      { style: "page", parameter: "page", first: -1 },
      "/first: Too small: expected number to be >=0",
    ],
    [
      "no key on a page",
      { style: "page", parameter: "page", size: 0 },
      "/size: Too small: expected number to be >0",
    ],
    [
      "a property of another style",
      { style: "link", parameter: "page" },
      "/parameter: there is no such property; there is style",
    ],
    [
      "a size that is asked for and not told",
      { style: "page", parameter: "page", sizeParameter: "per_page" },
      '/size: is missing: it is what "per_page" asks for',
    ],
    [
      "one parameter for page and size",
      { style: "page", parameter: "page", sizeParameter: "page", size: 10 },
      '/sizeParameter: "page" is already a parameter of the list\'s query',
    ],
    [
      "a constant's name for the cursor",
      { style: "cursor", parameter: "status", next: "/next" },
      '/parameter: "status" is already a parameter of the list\'s query',
    ],
    [
      "a constant's name for the size",
      { style: "offset", parameter: "skip", sizeParameter: "status", size: 10 },
      '/sizeParameter: "status" is already a parameter of the list\'s query',
    ],
  ])("with %s is refused, with its path", (_, pagination, problem) => {
    expect(() => listing({ pagination, query: { status: "active" } })).toThrow(
      `The service definition has mistakes: /operations/list/pagination${problem}`,
    );
  });

  it("with a constant in its query that is no text is refused, with its path", () => {
    expect(() => listing({ query: { limit: 10 } })).toThrow(
      "The service definition has mistakes: /operations/list/query/limit: must be text, which may hold {variables}.",
    );
  });

  it("begins at page 1 and at offset 0 unless it says otherwise", () => {
    const first = (pagination: object) => listing({ pagination }).operations.list?.pagination;
    expect(first({ style: "page", parameter: "at" })).toMatchObject({ first: 1 });
    expect(first({ style: "offset", parameter: "at" })).toMatchObject({ first: 0 });
    expect(first({ style: "page", parameter: "at", first: 0 })).toMatchObject({ first: 0 });
  });
});

it("no operation but the list has pages", () => {
  const { operations, ...rest } = acme();
  const revoke = { ...operations.revoke, pagination: { style: "link" } };
  expect(() => readDefinition({ ...rest, operations: { ...operations, revoke } })).toThrow(
    "The service definition has mistakes: /operations/revoke/pagination: there is no such property; there is method, path,",
  );
});
