import { ApiKeysError } from "../../base/errors";
import { idsText } from "../../redaction/printable";
import type { RemoteKey } from "../../vendor";
import type { KeyContext, OperationContext } from "../context";
import { isKnown, mayBeOurs } from "../remote/identity";
import { revokeProven } from "../remote/revoke";
import { keysAppearing, keysSince } from "../remote/search";
import type { KeyInputs, RecordedKey } from "../state/key";
import { isMadeUp } from "../state/madeUpName";

const attempts = 2;

/** The attempts of one create whose outcome is unknown, and what has been found of them. */
export class LostAttempts {
  #lost = 0;
  #revoked = 0;
  /** Before the first attempt, by our own clock. */
  readonly sinceMs: number;

  constructor(
    private readonly operation: OperationContext,
    private readonly context: KeyContext,
    private readonly inputs: KeyInputs,
    private readonly known: readonly RecordedKey[],
    /** Ids of all keys from before, for keys without names. */
    private readonly before?: ReadonlySet<string>,
  ) {
    this.sinceMs = operation.now();
  }

  /** Whether there may be a key that was not found. */
  get unseen(): boolean {
    return this.#lost > this.#revoked;
  }

  /** Looks for the key of one more attempt and revokes it; fails when there shall be no other. */
  async add(cause: ApiKeysError): Promise<void> {
    this.#lost++;
    await this.#revokeFound(cause, this.context.listLagMs);
    if (this.#lost < attempts) return;
    const failed = `The ${this.context.label} could not be created: ${cause.message} This happened twice;`;
    if (this.unseen) {
      throw new ApiKeysError(
        "ORPHAN_SUSPECTED",
        `${failed} no key of it has appeared at the vendor so far. ${this.#lookLater()}`,
      );
    }
    throw new ApiKeysError(
      "HTTP_PROBLEM",
      `${failed} no key was left behind. Run \`pulumi up\` again later.`,
    );
  }

  /** What to throw for a refusal: it may be the unseen key that stands in the way. */
  async refusal(refusal: ApiKeysError): Promise<ApiKeysError> {
    if (!this.unseen) return refusal;
    await this.#revokeFound(refusal, 0);
    const before = `An attempt before, whose answer was lost,`;
    return this.unseen
      ? new ApiKeysError(
          "ORPHAN_SUSPECTED",
          `${refusal.message} ${before} may have created a key, though none has appeared so far. ${this.#lookLater()}`,
        )
      : new ApiKeysError(
          refusal.code,
          `${refusal.message} ${before} had created a key, which was revoked now. Run \`pulumi up\` again.`,
        );
  }

  #lookLater(): string {
    return "Run `npx pulumi-apikeys recover` later, which looks once more, then `pulumi up`.";
  }

  async #revokeFound(cause: ApiKeysError, forMs: number): Promise<void> {
    const { label } = this.context;
    const { name } = this.inputs.fields;
    const suspected = (problem: string) =>
      new ApiKeysError(
        "ORPHAN_SUSPECTED",
        `It is not known whether the ${label} was created: ${cause.message} ${problem}, then run \`pulumi up\` again.`,
      );
    const which = typeof name === "string" ? `named ${JSON.stringify(name)}` : "that nobody uses";
    const orElse = async <T>(what: string, step: Promise<T>): Promise<T> => {
      try {
        return await step;
      } catch (error) {
        const reason = error instanceof Error ? error.message : "no reason was given.";
        throw suspected(`${what} failed too: ${reason} Look for a key ${which} at the vendor and revoke it`);
      }
    };
    if (typeof name !== "string") return this.#reportNew(suspected, orElse);
    const isOurs = (key: RemoteKey) =>
      !isKnown(this.context, key, this.known) && mayBeOurs(key, this.inputs, this.sinceMs);
    const found = await orElse(
      "Looking for it",
      keysAppearing(this.operation, this.context, name, isOurs, forMs),
    );
    if (found.length > 0 && !isMadeUp(this.inputs, name)) {
      throw suspected(
        "Its name is fixed by the program, so a key of that name may be someone else's and none was revoked. " +
          `Look at key ${idsText(found)}: revoke what nobody uses`,
      );
    }
    for (const { id } of found) await orElse("Revoking it", revokeProven(this.context, id, name));
    this.#revoked += found.length;
  }

  /**
   * The same for a key without a name. Nothing is revoked: somebody else may have created the only new key, even one of
   * the same shape, while our request never arrived.
   */
  async #reportNew(
    suspected: (problem: string) => ApiKeysError,
    orElse: <T>(what: string, step: Promise<T>) => Promise<T>,
  ): Promise<void> {
    const { title } = this.context.definition;
    if (!this.before) {
      throw suspected(
        `${title} keys have no name by which to find it. Look for a key that nobody uses and revoke it at the vendor`,
      );
    }
    const since = await orElse("Looking for it", keysSince(this.operation, this.context, this.before));
    const found = since.filter((key) => !isKnown(this.context, key, this.known));
    if (found.length === 0) return;
    throw suspected(
      `${title} keys have no names, so it cannot be told which is whose. ` +
        `Look at key ${idsText(found)}, made since: revoke what nobody uses`,
    );
  }
}
