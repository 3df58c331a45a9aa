const target = /[\s,]*<([^<>]*)>/y;
const parameter = /\s*;\s*([^\s=;,"]*)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/y;
const separator = /\s*(?:,|$)/y;
const nothing = /[\s,]*$/y;

/**
 * The targets of all links of a relation, as they are written: relative ones are not resolved.
 *
 * A link's `anchor` is not looked at: to follow or refuse a link too many is safe, to overlook one is not.
 *
 * @param header a Link header's value; several headers are joined by commas
 * @param relation in lower case, or what it is like
 * @returns undefined for what cannot be read, so that it may hold a link unseen
 * A link with `results="false"` leads to an empty page, and counts as none.
 *
 * @see RFC 8288, section 3 and appendix B.2
 * @see https://docs.sentry.io/api/pagination/
 */
export function linksTo(header: string, relation: string | RegExp): string[] | undefined {
  let position = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const match = pattern.exec(header);
    if (match) position = pattern.lastIndex;
    return match;
  };

  const found: string[] = [];
  while (!take(nothing)) {
    const link = take(target);
    if (!link) return undefined;
    let relations: string | undefined;
    let isEmpty = false;
    for (let match = take(parameter); match; match = take(parameter)) {
      const [, name = "", quoted, bare] = match;
      // Sentry names a next page on the last one as well, and says that it has nothing.
      if (name.toLowerCase() === "results") isEmpty = /^false$/i.test(quoted ?? bare ?? "");
      // Of several the first counts.
      if (name.toLowerCase() === "rel") relations ??= quoted?.replaceAll(/\\(.)/g, "$1") ?? bare ?? "";
    }
    if (!take(separator)) return undefined;
    const named = relations?.toLowerCase().split(/\s+/) ?? [];
    const isNamed = named.some((one) =>
      typeof relation === "string" ? one === relation : relation.test(one),
    );
    if (!isEmpty && isNamed) found.push(link[1] ?? "");
  }
  return found;
}
