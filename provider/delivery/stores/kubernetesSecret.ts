import { fingerprint } from "../../base/fingerprint";
import type { HttpClient } from "../../http/client";
import type { HttpRequest, HttpResponse } from "../../http/request";
import { isObject } from "../../json/members";
import { again, ConflictError, lookOf } from "../documentStore";
import { deliveryFailed } from "../kind";
import type { Content, Look, NextWrite, Receipt, Store, Written } from "../store";
import { refusalOf } from "../storeClient";

/** Which Secret, and which of its fields may be ours. */
interface SecretPlace {
  readonly namespace: string;
  readonly name: string;
  readonly type: string | undefined;
  readonly fields: readonly string[];
  /** Those of them that hold the value. */
  readonly values: readonly string[];
}

/** With what the names of all our field managers begin. */
const ours = "pulumi-apikeys/";

/**
 * One Secret, of which some fields are ours.
 *
 * What one field manager applies replaces what it applied before, so that two resources of one Secret need two. The names
 * of the fields tell them apart, whatever becomes of a receipt; the one of a changed program is another manager, which
 * takes over fields of the former.
 */
export class KubernetesSecret implements Store {
  readonly label: string;
  readonly address: string;
  readonly #manager: string;

  constructor(
    private readonly client: HttpClient,
    private readonly place: SecretPlace,
  ) {
    this.label = `Kubernetes Secret ${place.namespace}/${place.name} on ${new URL(client.origin).host}`;
    this.address = `${client.origin} ${place.namespace}/${place.name}`;
    this.#manager = ours + fingerprint(place.fields.toSorted().join(" "));
  }

  /** A dry run of the write: only the cluster knows its roles, admission and namespaces. */
  async probe(next?: NextWrite): Promise<void> {
    await this.#get();
    const empty = Object.fromEntries(this.place.fields.map((name) => [name, ""]));
    const first = await this.#apply(empty, { dryRun: "All" });
    const conflicts = conflictsIn(first);
    // A text that stands there already is nobody's alone; a value that is not made yet stands nowhere.
    const ofValues = conflicts.filter(({ field }) => this.place.values.includes(field));
    if (next !== undefined) this.#refuseTheirs(ofValues, next.before);
    const response =
      conflicts.length > 0 ? await this.#apply(empty, { force: "true", dryRun: "All" }) : first;
    if (response.status < 300 || isOfContent(response)) return;
    throw this.#refused("write", response);
  }

  async read(): Promise<Readonly<Record<string, string>> | undefined> {
    return (await this.#get())?.fields;
  }

  write(content: Content, before: Written | undefined): Promise<Receipt> {
    return again(this.label, async () => {
      const there = await this.#get();
      const fields = this.#textsOf(content, there);
      const after =
        there && this.#holds(there, fields) ? there : await this.#put(fields, content, there, before);
      const gone = named(before, after).filter((name) => !(name in content));
      const { resourceVersion } = gone.length > 0 ? await this.#takeOut(gone, after) : after;
      return { resourceVersion };
    });
  }

  async look(written: Written): Promise<Look> {
    const metadata = await this.#send("GET", "look at", {
      headers: { accept: "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1" },
    });
    const isAsWritten = secretIn(metadata)?.resourceVersion === written.receipt.resourceVersion;
    return isAsWritten ? "unchanged" : lookOf((await this.#get())?.fields, written);
  }

  remove(written: Written): Promise<Look> {
    return again(this.label, async () => {
      const there = await this.#get();
      const look = lookOf(there?.fields, written);
      if (there === undefined) return look;
      const names = named(written, there);
      const isLast = names.length === Object.keys(there.fields).length && there.isOurs;
      if (isLast && (await this.#delete(there))) return look;
      if (names.length > 0) await this.#takeOut(names, there);
      return look;
    });
  }

  #textsOf(content: Content, there: Secret | undefined): Record<string, string> {
    const texts = Object.entries(content).map(([name, text]) => [name, text ?? there?.fields[name]] as const);
    if (texts.every((entry): entry is readonly [string, string] => entry[1] !== undefined)) {
      return Object.fromEntries(texts);
    }
    throw deliveryFailed(
      `${this.label} no longer holds the key. Run \`pulumi refresh\`, then \`pulumi up\`.`,
    );
  }

  /** Whether a Secret has these fields, and they alone are this manager's. */
  #holds(there: Secret, fields: Readonly<Record<string, string>>): boolean {
    const owned = there.owned.get(this.#manager) ?? [];
    const entries = Object.entries(fields);
    return (
      owned.length === entries.length &&
      entries.every(([name, text]) => owned.includes(name) && there.fields[name] === text)
    );
  }

  /** Writes the fields. Those of somebody else are only taken back where they were ours before. */
  async #put(
    fields: Readonly<Record<string, string>>,
    content: Content,
    there: Secret | undefined,
    before: Written | undefined,
  ): Promise<Secret> {
    // What stays as it stands there must still be what was read.
    const version = Object.values(content).includes(null) ? there?.resourceVersion : undefined;
    const first = await this.#apply(fields, {}, version);
    const conflicts = conflictsIn(first);
    this.#refuseTheirs(conflicts, before);
    const response = conflicts.length > 0 ? await this.#apply(fields, { force: "true" }, version) : first;
    return this.#changed("write", response);
  }

  #refuseTheirs(conflicts: readonly Conflict[], before: Written | undefined): void {
    const theirs = conflicts.find(
      ({ manager, field }) => !manager.startsWith(ours) && !Object.hasOwn(before?.fields ?? {}, field),
    );
    if (theirs === undefined) return;
    throw deliveryFailed(
      `Kubernetes does not write ${this.#name}: its field ${theirs.field} belongs to ${theirs.manager}. Name another field, or remove this one from the Secret and from what ${theirs.manager} applies.`,
    );
  }

  /** Removes fields, whoever they belong to by now: their texts are ours. */
  async #takeOut(names: readonly string[], { resourceVersion }: Secret): Promise<Secret> {
    const response = await this.#send("PATCH", "remove fields of", {
      headers: { "content-type": "application/merge-patch+json" },
      query: { fieldManager: this.#manager },
      body: {
        metadata: { resourceVersion },
        data: Object.fromEntries(names.map((name) => [name, null])),
      },
    });
    return this.#changed("remove fields of", response);
  }

  /** @returns false where it may only be emptied */
  async #delete({ uid, resourceVersion }: Secret): Promise<boolean> {
    const body = { apiVersion: "v1", kind: "DeleteOptions", preconditions: { uid, resourceVersion } };
    const response = await this.#send("DELETE", "remove", { body });
    if (response.status === 403) return false;
    if (response.status === 409) throw new ConflictError();
    if (response.status >= 300 && response.status !== 404) throw this.#refused("remove", response);
    return true;
  }

  #apply(
    fields: Readonly<Record<string, string>>,
    query: Readonly<Record<string, string>>,
    resourceVersion?: string,
  ): Promise<HttpResponse> {
    const { namespace, name, type } = this.place;
    const data = Object.entries(fields).map(([field, text]) => [field, Buffer.from(text).toString("base64")]);
    return this.#send("PATCH", "write", {
      headers: { "content-type": "application/apply-patch+yaml" },
      query: { fieldManager: this.#manager, ...query },
      body: {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name, namespace, ...(resourceVersion && { resourceVersion }) },
        ...(type && { type }),
        data: Object.fromEntries(data),
      },
    });
  }

  async #get(): Promise<Secret | undefined> {
    const response = await this.#send("GET", "read");
    if (response.status === 404 && bodyOf(response).reason === "NotFound") return undefined;
    const secret = secretIn(response);
    if (secret === undefined) throw this.#refused("read", response);
    return secret;
  }

  #send(method: HttpRequest["method"], act: string, more: Partial<HttpRequest> = {}): Promise<HttpResponse> {
    const { namespace, name } = this.place;
    return this.client.send({
      ...more,
      method,
      path: `/api/v1/namespaces/${namespace}/secrets/${name}`,
      repeatable: true,
      what: `${act} ${this.label}`,
    });
  }

  /** The Secret that a change has left. */
  #changed(act: string, response: HttpResponse): Secret {
    if (response.status === 409) throw new ConflictError();
    const secret = response.status < 300 ? secretIn(response) : undefined;
    if (secret === undefined) throw this.#refused(act, response);
    return secret;
  }

  get #name(): string {
    return this.label.replace("Kubernetes ", "");
  }

  #refused(act: string, response: HttpResponse) {
    return deliveryFailed(
      `Kubernetes did not ${act} ${this.#name}: ${refusalOf(response)}. ${remedy(response.status)}`,
    );
  }
}

function remedy(status: number): string {
  if (status === 401) return "Check the credentials of the context.";
  if (status === 403)
    return "Allow get, create, patch and delete of Secrets in that namespace to the user of the context.";
  if (status === 404) return "Create the namespace, or name another.";
  return "Correct the Secret or the delivery, then run `pulumi up` again.";
}

/** What the cluster tells of a Secret. */
interface Secret {
  readonly fields: Readonly<Record<string, string>>;
  readonly uid: string;
  readonly resourceVersion: string;
  /** Names of fields, by the manager that applied them. */
  readonly owned: ReadonlyMap<string, readonly string[]>;
  /** Whether nobody else has ever had a part in it. */
  readonly isOurs: boolean;
}

function secretIn(response: HttpResponse): Secret | undefined {
  const { metadata, data } = bodyOf(response);
  if (response.status >= 300 || !isObject(metadata)) return undefined;
  const { uid, resourceVersion, managedFields } = metadata;
  if (typeof uid !== "string" || typeof resourceVersion !== "string") return undefined;
  const managers = Array.isArray(managedFields) ? managedFields.filter(isObject) : [];
  const applied = managers.filter(({ operation }) => operation === "Apply");
  return {
    fields: textsIn(data),
    uid,
    resourceVersion,
    owned: new Map(applied.map((entry) => [String(entry.manager), dataFieldsOf(entry)])),
    isOurs: managers.length > 0 && managers.every(({ manager }) => String(manager).startsWith(ours)),
  };
}

function textsIn(data: unknown): Record<string, string> {
  const entries = Object.entries(isObject(data) ? data : {});
  return Object.fromEntries(
    entries.map(([name, text]) => [name, Buffer.from(String(text), "base64").toString()]),
  );
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/ `fieldsV1` */
function dataFieldsOf({ fieldsV1 }: Readonly<Record<string, unknown>>): string[] {
  const data = isObject(fieldsV1) ? fieldsV1["f:data"] : undefined;
  const names = Object.keys(isObject(data) ? data : {});
  return names.filter((name) => name.startsWith("f:")).map((name) => name.slice(2));
}

/** Names of the fields that still hold what was written. */
function named(written: Written | undefined, { fields }: Secret): string[] {
  return Object.entries(written?.fields ?? {}).flatMap(([name, known]) =>
    fields[name] !== undefined && fingerprint(fields[name]) === known ? [name] : [],
  );
}

/** A field that another has. */
interface Conflict {
  readonly manager: string;
  readonly field: string;
}

/** Fields that others have, by which a write was refused. */
function conflictsIn(response: HttpResponse): Conflict[] {
  return causesIn(response)
    .filter(({ reason }) => reason === "FieldManagerConflict")
    .map(({ message, field }) => ({
      manager: /^conflict with "([^"]+)"/.exec(String(message))?.[1] ?? "another field manager",
      field: String(field).replace(/^\.data\./, ""),
    }));
}

/** Whether a dry run was refused for what it wrote in the place of a value, or cannot be made where a webhook forbids it. */
function isOfContent(response: HttpResponse): boolean {
  const { message } = bodyOf(response);
  if (response.status === 400 && String(message).includes("does not support dry run")) return true;
  const causes = causesIn(response);
  const isOfField = ({ field }: Readonly<Record<string, unknown>>) => String(field).startsWith("data[");
  return response.status === 422 && causes.length > 0 && causes.every(isOfField);
}

function causesIn(response: HttpResponse): Readonly<Record<string, unknown>>[] {
  const { details } = bodyOf(response);
  const causes = isObject(details) ? details.causes : undefined;
  return Array.isArray(causes) ? causes.filter(isObject) : [];
}

function bodyOf({ body }: HttpResponse): Readonly<Record<string, unknown>> {
  return body.kind === "json" && isObject(body.value) ? body.value : {};
}
