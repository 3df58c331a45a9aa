import { json, serve } from "../http/loopback";

interface Variable {
  readonly key: string;
  readonly value: string;
  readonly variable_type: string;
  readonly protected: boolean;
  readonly masked: boolean;
  readonly hidden: boolean;
  readonly raw: boolean;
  readonly environment_scope: string;
  readonly description: string | null;
}

/** What the stand-in does in the place of its answer to the next requests of a method. */
interface Fault {
  readonly method: string;
  readonly status: number;
  /** Whether it does what was asked all the same, and loses the answer. */
  readonly after?: boolean;
  times: number;
}

/**
 * A stand-in for GitLab, which no registry has: its CI/CD variables, as GitLab's published description of its REST API has
 * them, with its rules of what can be masked and what stays hidden.
 *
 * @see https://docs.gitlab.com/api/project_level_variables/
 * @see https://docs.gitlab.com/api/group_level_variables/
 * @see https://docs.gitlab.com/ci/variables/#mask-a-cicd-variable
 */
export async function startGitLab({ hides = true } = {}) {
  /** Scopes of each token. */
  const tokens: Record<string, readonly string[]> = {
    "canary-token": ["api"],
    "canary-reader": ["read_api", "read_repository"],
    // As a token that may not look at itself.
    "canary-developer": [],
  };
  const places = new Map<string, Variable[]>([
    ["/projects/acme%2Fshop", []],
    ["/groups/acme", []],
  ]);
  const faults: Fault[] = [];

  const server = await serve((response, { method, url, headers, body }) => {
    const fault = faults.find((one) => one.method === method && one.times > 0);
    if (fault !== undefined) fault.times--;
    if (fault !== undefined && fault.after !== true) {
      return json(response, fault.status, { message: `${fault.status} Server Error` });
    }
    const answer = (status: number, value: unknown) =>
      fault === undefined ? json(response, status, value) : response.destroy();
    const token = String(headers["private-token"]);
    const scopes = tokens[token];
    if (scopes === undefined) return answer(401, { message: "401 Unauthorized" });
    const { pathname, searchParams } = new URL(url, "http://gitlab");
    const path = pathname.replace("/api/v4", "");
    if (path === "/personal_access_tokens/self") {
      if (token === "canary-developer") return answer(403, { message: "403 Forbidden" });
      return answer(200, { id: 1, scopes, active: true });
    }
    const [, place = "", key] = /^(.+)\/variables(?:\/(\w+))?$/.exec(path) ?? [];
    const variables = places.get(place);
    if (variables === undefined) {
      return answer(404, { message: `404 ${place.startsWith("/groups") ? "Group" : "Project"} Not Found` });
    }
    if (token === "canary-developer") return answer(403, { message: "403 Forbidden" });
    if (method !== "GET" && !scopes.includes("api")) {
      return answer(403, {
        error: "insufficient_scope",
        error_description: "The request requires higher privileges",
      });
    }
    const given = body === "" ? {} : JSON.parse(body);
    if (method === "POST") return create(variables, given, answer);
    const scope = searchParams.get("filter[environment_scope]");
    const found = variables.filter(
      (one) => one.key === key && (scope === null || one.environment_scope === scope),
    );
    const [variable] = found;
    if (variable === undefined) return answer(404, { message: "404 Variable Not Found" });
    if (found.length > 1) {
      return answer(409, {
        message:
          "There are multiple variables with provided parameters. Please use 'filter[environment_scope]'",
      });
    }
    if (method === "GET") return answer(200, told(variable));
    const index = variables.indexOf(variable);
    if (method === "DELETE") {
      variables.splice(index, 1);
      return fault === undefined ? response.writeHead(204).end() : response.destroy();
    }
    const changed = { ...variable, ...known(given) };
    if (variable.hidden && !changed.masked)
      return answer(400, { message: { masked: ["cannot be changed: the variable is hidden"] } });
    if (changed.masked && !isMaskable(changed)) return answer(400, { message: { value: ["is invalid"] } });
    variables[index] = changed;
    return answer(200, told(changed));
  });

  const create = (
    variables: Variable[],
    given: Record<string, unknown>,
    answer: (status: number, value: unknown) => unknown,
  ) => {
    const hidden = hides && given.masked_and_hidden === true;
    const variable: Variable = {
      key: String(given.key),
      value: "",
      variable_type: "env_var",
      protected: false,
      raw: false,
      environment_scope: "*",
      description: null,
      ...known(given),
      masked: hidden || given.masked === true,
      hidden,
    };
    const isTaken = variables.some(
      (one) => one.key === variable.key && one.environment_scope === variable.environment_scope,
    );
    if (isTaken) return answer(400, { message: { key: [`(${variable.key}) has already been taken`] } });
    if (variable.masked && !isMaskable(variable)) return answer(400, { message: { value: ["is invalid"] } });
    variables.push(variable);
    return answer(201, told(variable));
  };

  const at = (place: string) => places.get(place) ?? [];
  return {
    url: server.url,
    faults,
    received: server.received,
    /** Methods and paths of the requests so far, from which it begins anew. */
    takeRequests: () => server.received.splice(0).map(({ method, url }) => `${method} ${url}`),
    /** What jobs would be given. */
    values: (place: string) => Object.fromEntries(at(place).map(({ key, value }) => [key, value])),
    variable: (place: string, key: string) => at(place).find((one) => one.key === key),
    /** Somebody changes a variable by the web pages, or makes one. */
    put: (place: string, key: string, more: Partial<Variable>) => {
      const variables = at(place);
      const index = variables.findIndex((one) => one.key === key);
      const made: Variable = {
        ...{ key, value: "", variable_type: "env_var", protected: false, raw: false },
        ...{ masked: false, hidden: false, environment_scope: "*", description: null },
      };
      variables.splice(index === -1 ? variables.length : index, 1, { ...made, ...variables[index], ...more });
    },
    remove: (place: string, key: string) => {
      const variables = at(place);
      variables.splice(
        variables.findIndex((one) => one.key === key),
        1,
      );
    },
  };
}

/** The value of a hidden variable is told to nobody. */
function told(variable: Variable) {
  return variable.hidden ? { ...variable, value: null } : variable;
}

function known(given: Record<string, unknown>): Partial<Variable> {
  const names = ["value", "variable_type", "protected", "masked", "raw", "environment_scope", "description"];
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name)));
}

/** One line of at least 8 characters without blanks; where `$` is expanded, of few kinds of characters. */
function isMaskable({ value, raw }: Variable): boolean {
  return raw ? /^\S{8,}$/.test(value) : /^[\w@:.~+/=-]{8,}$/.test(value);
}
