import type { Connections } from "../../../provider/connection/connections";
import type { ModelStores } from "../../support/lifecycle/modelStores";
import type { Ledger } from "./ledger";
import type { Notes } from "./notes";

/** What outlives every process: this machine's clock, configuration and files, and the truth about the vendor. */
export interface Surroundings {
  readonly ledger: Ledger;
  readonly notes: Notes;
  readonly connections: Connections;
  readonly stores: ModelStores;
  /** Milliseconds since the epoch. */
  readonly clock: { now: number };
  /** Seven hexadecimal digits that were never given before. */
  suffix(): string;
}
