import { pointerToken } from "../../provider/json/pointer";
import type { Schema } from "../document/schema";
import { plain } from "../find/words";

/** A member of a key's object, and where in it: by its name, or by a pointer where it is deeper. */
export interface Member {
  readonly name: string;
  /** The name's words in one, to compare it. */
  readonly word: string;
  readonly at: string;
  readonly schema: Schema;
}

/** What vendors call the moment of a key's creation. */
export const createdWords =
  /^(createdat|created|createtime|creationtime|creationdate|createdon|datecreated|createddate|insertedat|createdtime|createdts|addedat|timecreated|creation|createdatutc|issuedat)$/;

/** What they call that of its last use. */
export const usedWords =
  /^(lastusedat|lastused|lastuse|lastusedon|datelastused|lastuseddate|lastusedtime|usedat|lastaccessedat|lastaccessed|lastseenat|lastusage|lastactivityat|lastuseat|lastaccess|lastaccesstime)$/;

/** The members of an object; those of JSON:API's `attributes` among them. */
export function membersOf(schema: Schema | undefined): readonly Member[] {
  if (!schema) return [];
  const own = [...schema.properties].map(([name, member]) => memberOf(name, memberName(name), member));
  const attributes = schema.properties.get("attributes");
  const inner = [...(attributes?.properties ?? [])].map(([name, member]) =>
    memberOf(name, `/attributes/${pointerToken(name)}`, member),
  );
  return inner.length === 0 ? own : [...own.filter(({ name }) => name !== "attributes"), ...inner];
}

function memberOf(name: string, at: string, schema: Schema): Member {
  return { name, word: plain(name), at, schema };
}

/** A property's name as a definition says it: one that begins with a slash only as a pointer. */
export function memberName(name: string): string {
  return name.startsWith("/") || name === "" ? `/${pointerToken(name)}` : name;
}

/** A pointer of these names. */
export function pointerOf(names: readonly string[]): string {
  return names.map((name) => `/${pointerToken(name)}`).join("");
}
