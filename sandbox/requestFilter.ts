export interface RequestLine {
  readonly method: string;
  readonly path: string;
}

export interface RequestFilter {
  /** @default any */
  readonly method?: string;
  /** Tested against the path with its query. @default any */
  readonly path?: RegExp;
}

export function matches(request: RequestLine, filter: RequestFilter): boolean {
  return (
    (filter.method === undefined || filter.method === request.method) &&
    // Not `test`: an expression with the `g` flag remembers where the last `test` ended.
    (filter.path === undefined || request.path.search(filter.path) !== -1)
  );
}
