/** A resource in a stack export, as far as commands read it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  /** Whether it was replaced and is still to be deleted. */
  readonly delete?: boolean;
  /** Whether it was deleted and its replacement is still to be created. */
  readonly pendingReplacement?: boolean;
}
export interface PendingOperation {
  readonly type: string;
  readonly resource: StateResource;
}

/** A stack's state at one moment. */
export interface State {
  readonly resources: readonly StateResource[];
  readonly pending: readonly PendingOperation[];
}
