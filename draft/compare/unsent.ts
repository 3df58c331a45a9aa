import type { ServiceDefinition } from "../../provider/definition/definition";
import type { Operation } from "../document/operation";
import type { Schema } from "../document/schema";
import { isVariable, segmentsOf, variableName } from "../find/paths";
import { plain } from "../find/words";
import { change, type Difference, news } from "./difference";
import type { Sent } from "./sent";

/** A request, as far as its own and others like it matter for what it leaves out. */
export interface Request {
  readonly sent: readonly Sent[];
  /** What other requests of the definition send to the same operation. */
  readonly elsewhere: readonly Sent[];
  /** Members that no program sets, in one spelling. */
  readonly vendorSet: ReadonlySet<string>;
  readonly role: string;
  readonly refused: string;
}

/** Members of the request that the definition does not send, or not always. */
export function unsent(schema: Schema, names: readonly string[], request: Request): Difference[] {
  const { sent, elsewhere, role, refused } = request;
  return [...schema.properties].flatMap(([name, member]): Difference[] => {
    if (member.flag("readOnly")) return [];
    const here = [...names, name];
    const at = here.join(".");
    const isHere = (each: Sent) => here.every((part, index) => each.names[index] === part);
    const own = sent.filter(isHere);
    if (own.some((each) => each.names.length > here.length)) return unsent(member, here, request);
    const needed = schema.required.has(name);
    if (own.some(({ always }) => always) || (own.length > 0 && !needed)) return [];
    if (needed) {
      const [first] = own;
      const why = first ? "which the definition leaves to the program" : "which the definition does not send";
      const means = first
        ? `${refused} without ${first.field?.name ?? at} would be refused.`
        : `${refused} would be refused.`;
      return [change(`${role}: the request needs ${at}, ${why}.`, means, member.pointer)];
    }
    if (
      request.vendorSet.has(plain(name)) ||
      elsewhere.some(isHere) ||
      (role !== "create" && role !== "update")
    )
      return [];
    return [
      news(`${role}: the request can also have ${at}, which the definition leaves out.`, member.pointer),
    ];
  });
}

/** Names of what only the vendor tells, and of what the path says already: requests often share a schema with responses. */
export function vendorSet(
  { fields, pathParameters }: ServiceDefinition,
  { path }: Operation,
): ReadonlySet<string> {
  const told = Object.values(fields).flatMap(({ input, wire }) =>
    input === undefined ? [wire.created, wire.read].filter((place) => typeof place === "string") : [],
  );
  const ofPath = segmentsOf(path).filter(isVariable).map(variableName);
  return new Set([...told, ...ofPath, ...Object.keys(pathParameters)].map(plain));
}
