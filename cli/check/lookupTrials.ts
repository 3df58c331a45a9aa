import { jsonBody, sourceOf, succeeded } from "../../provider/api/answers";
import { connect } from "../../provider/api/connect";
import { itemsOf } from "../../provider/api/wire/items";
import { createdFromWire, keyFromWire } from "../../provider/api/wire/key";
import type { Source } from "../../provider/api/wire/places";
import type { Connection } from "../../provider/connection/connections";
import type { OperationDefinition, ServiceDefinition } from "../../provider/definition/definition";
import type { HttpResponse } from "../../provider/http/request";
import { isSuccess } from "../../provider/http/status";
import type { OperationContext, Properties } from "../../provider/lifecycle";
import { printable } from "../../provider/redaction/printable";
import type { PathParameters, RemoteKey, Vendor } from "../../provider/vendor";
import type { Elsewhere } from "./fields";
import { reportPagesOfOne, reportSuspiciousSize } from "./pages";
import type { CheckReport } from "./report";

/** A vendor whose responses are kept, and a report of what they say of one key. */
export class LookupTrials {
  readonly vendor: Vendor;
  readonly #responses = new Map<OperationDefinition, HttpResponse>();

  constructor(
    private readonly operation: OperationContext,
    private readonly definition: ServiceDefinition,
    private readonly connection: Connection,
  ) {
    this.vendor = connect(definition, connection, undefined, undefined, (operation, response) => {
      this.#responses.set(operation, response);
    });
  }

  /** The responses by which a key was made, where they are successes: of an error there is nothing to compare. */
  reportCreated(report: CheckReport): void {
    const { create, reveal } = this.definition.operations;
    this.#reportMade(report, "create", "created", create, {
      ...(create.identify && { id: "the list has it" }),
      ...(reveal && { value: "reveal asks for it" }),
    });
    if (reveal) this.#reportMade(report, "reveal", "created", reveal, { id: "create gave it" });
  }

  reportRotated(report: CheckReport): void {
    const { rotate, reveal } = this.definition.operations;
    if (!rotate) return;
    this.#reportMade(report, "rotate", "rotated", rotate, {
      id: "the key keeps its own",
      ...(reveal && { value: "reveal asks for it" }),
    });
  }

  #reportMade(
    report: CheckReport,
    name: string,
    answer: "created" | "rotated",
    operation: OperationDefinition,
    elsewhere: Elsewhere,
  ): void {
    const response = this.#responses.get(operation);
    if (!response || !(isSuccess(response.status) || succeeded(operation, response))) return;
    if (jsonBody(response) === undefined) return;
    const source = sourceOf(operation, answer, response);
    const key = keyFromWire(this.definition, source) ?? createdFromWire(this.definition, source);
    report.response(`${name}: HTTP ${response.status}`, source, key, elsewhere);
  }

  /** What the response to an update tells of the key, if it tells anything. */
  reportUpdated(report: CheckReport, title: string, update: OperationDefinition, keyId: string): void {
    const response = this.#responses.get(update);
    if (!response) return;
    const source = sourceOf(update, "read", response);
    const key = keyFromWire(this.definition, source);
    const head = `${title}: HTTP ${response.status}`;
    if (key?.id === keyId) report.response(head, source, key);
    else report.print(head);
  }

  async reportListed(report: CheckReport, outputs: Properties): Promise<void> {
    const { list } = this.definition.operations;
    if (!list) return;
    const keyId = String(outputs.keyId);
    const keys = await this.#listed(outputs, keyId);
    const key = keys.find(({ id }) => id === keyId);
    const response = this.#responses.get(list);
    const source = response && this.#itemOf(list, response, keyId);
    const count = keys.length === 1 ? "one key" : `${keys.length} keys`;
    if (!key) report.complaint(`list: ${count}, and ${printable(keyId)} is not among them.`);
    else if (source) report.response(`list: HTTP ${response.status}, ${count}`, source, key);
    else report.print(`list: ${count}, with ${printable(keyId)} on another page than the last`);
    reportSuspiciousSize(this.definition, keys.length, report);
    await reportPagesOfOne(this.definition, this.connection, this.#pathParameters(outputs), keys, report);
  }

  async reportRead(report: CheckReport, outputs: Properties): Promise<void> {
    const { get } = this.definition.operations;
    if (!get) return;
    const keyId = String(outputs.keyId);
    const key = await this.vendor.get?.(this.#pathParameters(outputs), keyId, outputs);
    const response = this.#responses.get(get);
    const missing = `get: the vendor says that there is no key ${printable(keyId)}`;
    if (key && response)
      report.response(`get: HTTP ${response.status}`, sourceOf(get, "read", response), key);
    else if (get.provesAbsence) report.complaint(`${missing}.`);
    else report.print(`${missing}; by the definition that proves nothing`);
  }

  /** Whether the vendor says of the credentials what it says of the key that they made. */
  async reportTenant(report: CheckReport, outputs: Properties): Promise<void> {
    const field = this.definition.tenant?.field;
    if (field === undefined || !this.vendor.tenant) return;
    const told = await this.vendor.tenant();
    const recorded = outputs[field];
    if (String(recorded) === told)
      report.print(`tenant: the credentials are of ${printable(told)}, like the key`);
    else {
      const whose = recorded === undefined || recorded === null ? "no tenant" : printable(String(recorded));
      report.complaint(
        `tenant: the credentials are of ${printable(told)}, but ${field} of the key is ${whose}.`,
      );
    }
  }

  /** What the vendor shows of the key after it was revoked. */
  async reportRevoked(report: CheckReport, outputs: Properties): Promise<void> {
    const { revoke, remove, get } = this.definition.operations;
    const keyId = String(outputs.keyId);
    const pathParameters = this.#pathParameters(outputs);
    const read = get?.provesAbsence ? await this.vendor.get?.(pathParameters, keyId, outputs) : undefined;
    const left = read ?? (await this.vendor.list?.(pathParameters, "fresh"))?.find(({ id }) => id === keyId);
    const status = this.#responses.get(remove ?? revoke)?.status;
    report.print(`revoke: HTTP ${status}; ${afterwards(left)}`);
    if (left && left.fields.active !== false) {
      report.complaint(
        `${printable(keyId)} is still there. Revoke it at the vendor, unless it goes by itself.`,
      );
    }
  }

  /** The list as soon as it has the key, or else when it should. */
  async #listed(outputs: Properties, keyId: string): Promise<readonly RemoteKey[]> {
    const list = async () => (await this.vendor.list?.(this.#pathParameters(outputs), "fresh")) ?? [];
    const keys = await list();
    const { listLagMs } = this.connection;
    if (listLagMs === 0 || keys.some(({ id }) => id === keyId)) return keys;
    await this.operation.sleep(listLagMs);
    return list();
  }

  /** The key's item, if it is on the page that was read last. */
  #itemOf(
    list: NonNullable<ServiceDefinition["operations"]["list"]>,
    response: HttpResponse,
    keyId: string,
  ): Source | undefined {
    const body = jsonBody(response);
    const { headers } = response;
    const items = itemsOf(list, body, () => new Error("The response has no list."));
    const sources = items.map(({ item }): Source => ({ answer: "listed", item, body, headers }));
    return sources.find((source) => keyFromWire(this.definition, source)?.id === keyId);
  }

  #pathParameters(outputs: Properties): PathParameters {
    const names = Object.keys(this.definition.pathParameters);
    return Object.fromEntries(names.map((name) => [name, String(outputs[name])]));
  }
}

function afterwards(left: RemoteKey | undefined): string {
  if (!left) return "the key is gone.";
  return `the vendor still shows the key, as ${left.fields.active === false ? "inactive" : "active"}.`;
}
