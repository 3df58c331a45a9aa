import { fingerprint } from "../../base/fingerprint";
import type { HttpClient } from "../../http/client";
import type { HttpRequest, HttpResponse } from "../../http/request";
import { isObject } from "../../json/members";
import { fieldParts, valuePart } from "../fields";
import { deliveryFailed } from "../kind";
import type { Content, Look, Receipt, Store, Written } from "../store";
import { refusalOf } from "../storeClient";
import type { GitLabTarget } from "../targets";

/** A variable as GitLab tells it. */
type Variable = Readonly<Record<string, unknown>>;

/** With what the description of a hidden variable begins; then comes the fingerprint of the value that GitLab does not tell. */
const description = "Delivered by pulumi-apikeys, fingerprint ";

/** The variables of one project or group, in one environment scope. */
export class GitLabVariables {
  readonly #label: string;
  readonly #path: string;
  readonly #where: string;
  readonly #scope: string;

  constructor(
    private readonly client: HttpClient,
    private readonly target: GitLabTarget,
  ) {
    const { project, group, environmentScope = "*" } = target;
    this.#path =
      project === undefined
        ? `/groups/${encodeURIComponent(group ?? "")}`
        : `/projects/${encodeURIComponent(project)}`;
    this.#where = `${project ?? `group ${group}`}${environmentScope === "*" ? "" : `, environment ${environmentScope}`}`;
    this.#scope = environmentScope;
    this.#label = `GitLab CI/CD of ${this.#where}`;
  }

  store(): Store {
    const fields = [...fieldParts({ ...this.target }).keys()];
    return {
      label: this.#label,
      address: `${this.client.origin} ${this.#path} ${this.#scope}`,
      probe: () => this.#probe(fields),
      ...(this.target.hidden !== true && { read: () => this.#read(fields) }),
      write: (content, before) => this.#write(content, before),
      look: (written) => this.#look(written),
      remove: (written) => this.#remove(written),
    };
  }

  async #probe(fields: readonly string[]): Promise<void> {
    const self = await this.client.send({
      method: "GET",
      path: "/personal_access_tokens/self",
      what: `look at the token for ${this.#label}`,
    });
    const { scopes } = bodyOf(self);
    if (self.status === 401) throw this.#refused("accept the token for variables", self);
    if (self.status === 200 && Array.isArray(scopes) && !scopes.includes("api")) {
      throw deliveryFailed(
        `${this.#label} cannot be written: the token has the scopes ${scopes.join(", ")}, and needs api.`,
      );
    }
    for (const name of fields) this.#assertAlike(name, await this.#get(name));
  }

  async #read(fields: readonly string[]): Promise<Record<string, string> | undefined> {
    const texts: Record<string, string> = {};
    for (const name of fields) {
      const variable = await this.#get(name);
      if (typeof variable?.value === "string") texts[name] = variable.value;
    }
    return Object.keys(texts).length === 0 ? undefined : texts;
  }

  async #write(content: Content, before: Written | undefined): Promise<Receipt> {
    for (const [name, text] of this.#valueLast(content)) {
      const there = await this.#get(name);
      if (text !== null) await this.#put(name, text, there);
      else if (there === undefined) {
        throw deliveryFailed(
          `${this.#label} no longer holds the key as ${name}. Run \`pulumi refresh\`, then \`pulumi up\`.`,
        );
      }
    }
    const gone = Object.entries(before?.fields ?? {}).filter(([name]) => !(name in content));
    try {
      await this.#remove({ fields: Object.fromEntries(gone) });
    } catch (error) {
      // One that is left over does no harm; a key that is taken back now would leave its value in the hidden one.
      if (this.target.hidden !== true || Object.values(content).every((text) => text === null)) throw error;
    }
    return {};
  }

  async #look({ fields }: Written): Promise<Look> {
    return lookOf(await this.#fingerprints(Object.keys(fields)), fields);
  }

  async #remove({ fields }: Pick<Written, "fields">): Promise<Look> {
    const found = await this.#fingerprints(Object.keys(fields));
    for (const [name, known] of Object.entries(fields)) {
      if (found.get(name) !== known) continue;
      const response = await this.#send("DELETE", name, "remove");
      if (response.status >= 300 && response.status !== 404)
        throw this.#refused(`remove variable ${name}`, response);
    }
    return lookOf(found, fields);
  }

  /** What is overwritten in a hidden variable cannot be put back, so that nothing else may fail once the value is. */
  #valueLast(content: Content): [string, string | null][] {
    const parts = fieldParts({ ...this.target });
    const isValue = ([name]: [string, unknown]) => parts.get(name) === valuePart;
    const entries = Object.entries(content);
    return [...entries.filter((entry) => !isValue(entry)), ...entries.filter(isValue)];
  }

  async #put(name: string, value: string, there: Variable | undefined): Promise<void> {
    this.#assertAlike(name, there);
    const { hidden, masked = true, variableType = "env_var" } = this.target;
    const members = {
      value,
      variable_type: variableType,
      protected: this.target.protected === true,
      raw: true,
      ...(hidden === true ? { description: description + fingerprint(value) } : { masked }),
    };
    if (there !== undefined && Object.entries(members).every(([member, wanted]) => there[member] === wanted))
      return;
    const variable = await this.#change(name, members, there);
    if (hidden === true && variable.hidden !== true) {
      await this.#send("DELETE", name, "remove");
      throw deliveryFailed(
        `GitLab did not hide variable ${name} of ${this.#where}, so it was removed: only GitLab 17.4 and later can. Deliver it without hidden.`,
      );
    }
  }

  /** @returns the variable as it is now */
  async #change(name: string, members: Variable, there: Variable | undefined): Promise<Variable> {
    try {
      const response =
        there === undefined ? await this.#create(name, members) : await this.#replace(name, members);
      if (response.status < 300) return bodyOf(response);
      throw this.#refused(`write variable ${name}`, response);
    } catch (error) {
      const { description } = members;
      const now = description === undefined ? undefined : await this.#get(name).catch(() => undefined);
      // Only the answer was lost; nobody could put back what a hidden variable held.
      if (now !== undefined && now.description === description) return now;
      throw error;
    }
  }

  async #create(key: string, members: Variable): Promise<HttpResponse> {
    const hides = this.target.hidden === true && { masked_and_hidden: true };
    const response = await this.client.send({
      method: "POST",
      path: `${this.#path}/variables`,
      body: { key, environment_scope: this.#scope, ...members, ...hides },
      // The second of two is refused, and replaces what the first has made.
      repeatable: true,
      what: `make variable ${key} of ${this.#label}`,
    });
    const isTaken = response.status === 400 && "key" in complaintsOf(response);
    return isTaken ? this.#replace(key, members) : response;
  }

  #replace(name: string, members: Variable): Promise<HttpResponse> {
    return this.#send("PUT", name, "write", members);
  }

  /** GitLab neither hides a variable later nor shows one again. */
  #assertAlike(name: string, there: Variable | undefined): void {
    const isHidden = there?.hidden === true;
    if (there === undefined || isHidden === (this.target.hidden === true)) return;
    throw deliveryFailed(
      `${this.#label} has a variable ${name} already, which is ${isHidden ? "" : "not "}hidden, and GitLab cannot change that. Remove it, or deliver ${isHidden ? "with hidden: true" : "without hidden"}.`,
    );
  }

  /** Fingerprints of the values of variables that are there: of a hidden one as its description has it. */
  async #fingerprints(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const name of names) {
      const variable = await this.#get(name);
      if (variable === undefined) continue;
      const { value } = variable;
      const told = String(variable.description).replace(description, "");
      found.set(name, typeof value === "string" ? fingerprint(value) : told);
    }
    return found;
  }

  async #get(name: string): Promise<Variable | undefined> {
    const response = await this.#send("GET", name, "look at");
    const body = bodyOf(response);
    // A project that the token may not see is answered with 404 as well.
    if (response.status === 404 && /variable/i.test(String(body.message))) return undefined;
    if (response.status !== 200) throw this.#refused(`show variable ${name}`, response);
    return body;
  }

  #send(method: HttpRequest["method"], name: string, act: string, body?: unknown): Promise<HttpResponse> {
    return this.client.send({
      method,
      path: `${this.#path}/variables/${name}`,
      query: { "filter[environment_scope]": this.#scope },
      what: `${act} variable ${name} of ${this.#label}`,
      ...(body !== undefined && { body }),
    });
  }

  #refused(act: string, response: HttpResponse) {
    const complaints = complaintsOf(response);
    const words = Object.entries(complaints).flatMap(([name, said]) =>
      [said].flat().map((one) => `${name} ${one}`),
    );
    const said: HttpResponse =
      words.length === 0
        ? response
        : { ...response, body: { kind: "json", value: { message: words.join(", ") } } };
    return deliveryFailed(
      `GitLab did not ${act} of ${this.#where}: ${refusalOf(said)}. ${remedy(response.status, "value" in complaints)}`,
    );
  }
}

function remedy(status: number, isOfValue: boolean): string {
  if (isOfValue) {
    return "It masks only one line of 8 characters or more without blanks: deliver what is none in a delivery of its own, with masked: false.";
  }
  if (status === 401) return "Check GITLAB_TOKEN.";
  if (status === 403 || status === 404) {
    return "Check that it is there, and that the token has the scope api and the role Maintainer (Owner in a group).";
  }
  return "Correct the delivery, then run `pulumi up` again.";
}

function lookOf(found: ReadonlyMap<string, string>, fields: Written["fields"]): Look {
  const entries = Object.entries(fields);
  if (entries.every(([name]) => !found.has(name))) return "missing";
  return entries.every(([name, known]) => found.get(name) === known) ? "unchanged" : "changed";
}

/** What GitLab has against members of a request, by member. */
function complaintsOf(response: HttpResponse): Readonly<Record<string, unknown>> {
  const { message } = bodyOf(response);
  return isObject(message) ? message : {};
}

function bodyOf({ body }: HttpResponse): Readonly<Record<string, unknown>> {
  return body.kind === "json" && isObject(body.value) ? body.value : {};
}
