import { Refusal, type Reply, type SandboxRequest } from "./http";

export interface Call extends SandboxRequest {
  /** The segment of the path at `{name}`. */
  param(name: string): string;
}

export interface Route {
  readonly method: string;
  readonly template: string;
  readonly handle: (call: Call) => Reply;
}

export interface Routed {
  readonly routes: readonly Route[];
  error(status: number): Reply;
}

export function dispatch(vendor: Routed, request: SandboxRequest): Reply {
  const pathname = request.path.split("?", 1)[0] ?? "";
  const there = vendor.routes.flatMap((route) => {
    const params = paramsOf(route.template, pathname);
    return params === undefined ? [] : [{ route, params }];
  });
  if (there.length === 0) return vendor.error(404);
  const found = there.find(({ route }) => route.method === request.method);
  if (found === undefined) {
    const allow = there.map(({ route }) => route.method).join(", ");
    return { ...vendor.error(405), headers: { allow } };
  }
  try {
    return found.route.handle({ ...request, param: (name) => lookUp(found.params, name) });
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

/** Segments stay percent-encoded. No id here needs encoding, so an encoded segment names no key. */
function paramsOf(template: string, pathname: string): Map<string, string> | undefined {
  const wanted = template.split("/");
  const given = pathname.split("/");
  if (wanted.length !== given.length) return undefined;
  const params = new Map<string, string>();
  for (const [index, segment] of wanted.entries()) {
    const actual = given[index] ?? "";
    if (segment.startsWith("{") && actual !== "") params.set(segment.slice(1, -1), actual);
    else if (segment !== actual) return undefined;
  }
  return params;
}

function lookUp(params: ReadonlyMap<string, string>, name: string): string {
  const value = params.get(name);
  if (value === undefined) throw new Error(`The route has no path parameter "${name}".`);
  return value;
}
