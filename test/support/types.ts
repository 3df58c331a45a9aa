/** True for exactly the same types, readonly and optional included. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles when all are true. */
export type Proven<_Claims extends readonly true[]> = true;
