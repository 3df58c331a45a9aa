import type { PendingOperation, Resource, State, StateFile } from "./stateFile";

/** What one operation of the engine has made of the state so far, written after each step. */
export class Checkpoint {
  /** What this operation is through with. */
  #done: Resource[] = [];
  /** What it has not come to. */
  #rest: readonly Resource[];
  #running: readonly PendingOperation[] = [];
  /** Only an interrupted create outlives the next operation: what it left behind is unknown. */
  readonly #interrupted: readonly PendingOperation[];

  constructor(private readonly file: StateFile) {
    const { resources, pending } = file.read();
    this.#rest = resources;
    this.#interrupted = pending.filter(({ type }) => type === "creating");
  }

  get rest(): readonly Resource[] {
    return this.#rest;
  }

  /** The resource that the program means by a name: one that was replaced already is not it. */
  current(name: string): Resource | undefined {
    return this.#rest.find((resource) => resource.name === name && !resource.delete);
  }

  begin(operation: PendingOperation): void {
    this.#running = [...this.#running, operation];
    this.write();
  }

  /** The operation is over, well or not; `settle` and `mark` come before. */
  end(operation: PendingOperation): void {
    this.#running = this.#running.filter((running) => running !== operation);
    this.write();
  }

  /** One resource has become another, or nothing. */
  settle(old: Resource | undefined, now: Resource | undefined): void {
    this.#rest = this.#rest.filter((resource) => resource !== old);
    if (now) this.#done = [...this.#done, now];
  }

  /** A resource is not through yet, and the next operation has to know. */
  mark(old: Resource, as: "delete" | "pendingReplacement"): Resource {
    const marked = { ...old, [as]: true };
    this.#rest = this.#rest.map((resource) => (resource === old ? marked : resource));
    return marked;
  }

  write(): void {
    const state: State = {
      resources: [...this.#done, ...this.#rest],
      pending: [...this.#running, ...this.#interrupted],
    };
    this.file.write(state);
  }
}
