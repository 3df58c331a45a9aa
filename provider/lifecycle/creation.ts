import type { Properties } from "./properties";

/** A key that now exists, and what the user should know of it. */
export interface Creation {
  readonly id: string;
  readonly outputs: Properties;
  readonly warnings: readonly string[];
}
