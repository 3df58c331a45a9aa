import { durationMs, instantMs } from "../../../provider/base/time";
import { text } from "../../../provider/lifecycle/state/properties";
import type { RotationArgs } from "../../../provider/rotation";
import type { Properties } from "../../support/lifecycle/lifecycle";
import type { Stack } from "../stack/stack";

/** What holds of a key with overlap at one instant, judged after every request that changed something at the vendor. */
export class Witness {
  /** What was amiss, in sentences. */
  readonly amiss: string[] = [];
  /** Ids of keys that somebody else ended. */
  readonly #ended = new Set<string>();
  /** Ids of keys that an earlier operation was judged for: one that was killed leaves them in state. */
  readonly #judged = new Set<string>();
  /** Ids of keys whose value has reached a process that lived. */
  readonly #told = new Set<string>();
  /** Requests of the operation that runs: those that were asked to create, and the keys that were revoked. */
  #requests: string[] = [];
  /** The key's outputs when the operation began. */
  #before: Properties = {};
  #liveBefore = 0;

  constructor(private readonly stack: Stack) {
    const { server } = stack;
    const { create, revoke } = server;
    server.create = async (...asked) => {
      this.#requests.push("create");
      const key = await create.apply(server, asked);
      this.#look();
      return key;
    };
    server.revoke = async (pathParameters, keyId) => {
      const outcome = await revoke.call(server, pathParameters, keyId);
      this.#requests.push(keyId);
      this.#look();
      return outcome;
    };
  }

  begin(): void {
    this.#requests = [];
    this.#before = this.outputs;
    this.#liveBefore = this.working.length;
  }

  /** The keys that are not live now were ended by somebody else. */
  others(): void {
    const { keyId, previousKeyId } = this.outputs;
    for (const id of [keyId, previousKeyId].filter((id) => typeof id === "string")) {
      if (!this.#isLive(id)) this.#ended.add(id);
    }
  }

  /** The operation is over. */
  end(succeeded: boolean): void {
    for (const { did, key } of this.stack.ledger.deeds) if (did === "told") this.#told.add(key.id);
    const { previousKeyId } = this.#before;
    const goes = this.#requests.indexOf(String(previousKeyId));
    const early = goes >= 0 && !this.#isOver(this.#before) && !this.#asksToRevoke();
    if (early && succeeded && !this.#requests.slice(goes).includes("create")) {
      this.amiss.push(`${previousKeyId} went before its time, and nothing came for it.`);
    }
    // One that ended early may have begun a renewal, which needs the place of the previous key.
    if (succeeded) this.amiss.push(...this.#cutOff());
    this.#look();
    for (const id of this.held) if (!this.#isLive(id)) this.#judged.add(id);
  }

  /** The key's outputs in state. */
  get outputs(): Properties {
    return this.stack.state.resources.find((resource) => !resource.delete)?.outputs ?? {};
  }

  /** Ids of the keys that the state holds. */
  get held(): string[] {
    return this.stack.state.resources.flatMap(({ outputs }) =>
      [outputs.keyId, outputs.previousKeyId].filter((id) => typeof id === "string"),
    );
  }

  #look(): void {
    this.amiss.push(...this.#outages(), ...this.#excess());
  }

  /**
   * A consumer that has picked up the value since the renewal before the last has a live key until the overlap is over,
   * unless another renewal begins, which has to revoke the oldest key first, or the program has it revoked at once.
   */
  #outages(): string[] {
    const { keyId, previousKeyId } = this.#before;
    const gone = (id: unknown): id is string =>
      typeof id === "string" && !this.#ended.has(id) && !this.#judged.has(id) && !this.#isLive(id);
    const renews = this.#requests.includes("create") || this.#requests.includes(String(previousKeyId));
    const amiss: string[] = [];
    if (gone(keyId) && !this.#asksToRevoke() && this.#before.status === "active") {
      amiss.push(`${keyId}, the current key, is gone.`);
    }
    if (gone(previousKeyId) && !renews && !this.#asksToRevoke() && !this.#isOver(this.#before)) {
      amiss.push(`${previousKeyId}, the previous key, is gone before its time.`);
    }
    // Somebody else may have ended the current key unseen, so that the only one left is the one whose time has come.
    const unseen = typeof keyId === "string" && this.#ended.has(keyId) && this.#before.status === "active";
    if (this.#liveBefore > 0 && this.working.length === 0 && !unseen && !this.#asksToRevoke()) {
      const due = this.#isOver(this.#before);
      if (!due) amiss.push("There was a key that works, and now there is none.");
    }
    return amiss;
  }

  /** Never more than two, except for keys of a create with a lost response, which the next search revokes. */
  #excess(): string[] {
    const told = this.working.filter((id) => this.#told.has(id) || this.held.includes(id));
    return told.length > 2 ? [`${told.join(", ")} are live together.`] : [];
  }

  /** A previous key that a consumer uses is revoked only by a renewal, at the latest end, or where the program wants it gone. */
  #cutOff(): string[] {
    const { previousKeyId, rotatedAt } = this.#before;
    const revoked = this.#requests.includes(String(previousKeyId)) && !this.#requests.includes("create");
    const rotation = (this.stack.program.ci?.rotation ?? {}) as RotationArgs;
    const [idleMs, atMostMs] = [rotation.revokeWhenIdleFor, rotation.overlapAtMost].map(durationMs);
    if (!revoked || idleMs === undefined || atMostMs === undefined || this.#asksToRevoke()) return [];
    const nowMs = this.stack.clock.now;
    const usedMs = instantMs(this.stack.server.key(String(previousKeyId)).fields.lastUsedAt);
    const isUsed = usedMs !== undefined && nowMs - usedMs < idleMs;
    const isLatest = nowMs >= (instantMs(rotatedAt) ?? 0) + atMostMs;
    return isUsed && !isLatest && !this.#ended.has(String(previousKeyId))
      ? [`${previousKeyId} was revoked while a consumer used it.`]
      : [];
  }

  #asksToRevoke(): boolean {
    const rotation = this.stack.program.ci?.rotation as Properties | undefined;
    return rotation?.revokeNow === true;
  }

  #isOver({ previousRevokeAt }: Properties): boolean {
    return (instantMs(previousRevokeAt) ?? 0) <= this.stack.clock.now;
  }

  #isLive(id: string): boolean {
    const { live, fields } = this.stack.server.key(id);
    return live && fields.active !== false;
  }

  /** Ids of the keys that open something: not those that were deactivated, whose clearing away may go astray. */
  get working(): string[] {
    return this.stack.server.live.filter((id) => this.#isLive(id));
  }

  /** Orphans: live keys in no state, note, pending operation or message. */
  get orphans(): string[] {
    const { state, notes, reported, server } = this.stack;
    const traces = [...state.pending.map(({ inputs }) => inputs), ...notes.open];
    const unsettled = state.resources.filter(({ outputs }) => outputs.unsettledSince !== undefined);
    const names = [...traces, ...unsettled.map(({ outputs }) => outputs)].map((trace) => text(trace, "name"));
    return this.working.filter((id) => {
      const { serial, fields } = server.key(id);
      return !this.held.includes(id) && !reported.has(serial) && !names.includes(String(fields.name));
    });
  }
}
