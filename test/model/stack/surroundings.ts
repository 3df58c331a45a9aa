import type { Connections } from "../../../provider/connections";
import type { ModelVendor } from "../../unit/support/modelVendor";
import type { Ledger } from "./ledger";
import type { Notes } from "./notes";

/** What outlives every process: the vendor, this machine's clock and files, and the truth about them. */
export interface Surroundings {
  readonly server: ModelVendor;
  readonly ledger: Ledger;
  readonly notes: Notes;
  readonly connections: Connections;
  /** Milliseconds since the epoch. */
  readonly clock: { now: number };
  /** Seven hexadecimal digits that were never given before. */
  suffix(): string;
}
