import { Connections } from "../../../provider/connection/connections";
import type { ServiceDefinition } from "../../../provider/definition/definition";
import type { ContractCase } from "../vendor/contractCases";
import { overHttp } from "../vendor/overHttp";
import { type OperationContext, OperationMemory } from "./lifecycle";
import { ModelStores } from "./modelStores";

/** The world of one program whose only connection leads to the sandbox. */
export class HttpWorld implements OperationContext {
  memory = new OperationMemory({ begin: async () => ({ end: () => {} }), unfinished: async () => [] });
  readonly stores = new ModelStores();
  readonly definition: ServiceDefinition;
  readonly connections: Connections;
  #suffixes = 0;

  constructor(
    row: Pick<ContractCase, "definition" | "credentials">,
    baseUrl: string,
    readonly now: () => number,
    settings: Readonly<Record<string, unknown>> = { listLagSeconds: 0 },
  ) {
    this.definition = row.definition;
    this.connections = new Connections(
      JSON.stringify({ [row.definition.name]: { baseUrl, ...row.credentials, ...settings } }),
      {},
    );
  }

  async sleep(): Promise<void> {}

  readonly isRevokedThoughUsed = () => false;

  suffix(): string {
    this.#suffixes++;
    return String(this.#suffixes).padStart(7, "0");
  }

  /** A new one each time, for no operation knows what an earlier one has read. */
  vendor: OperationContext["vendor"] = overHttp;
}
