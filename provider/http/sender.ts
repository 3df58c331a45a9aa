import { Agent } from "undici";
import { readAnswer } from "./answer";
import { attempt, type Outcome } from "./attempt";
import type { Authenticator } from "./authenticator";
import { requestTarget } from "./baseUrl";
import type { Clock } from "./clock";
import {
  OutcomeUnknownError,
  RequestNotSentError,
  ResponseInvalidError,
  RetryAfterTooLongError,
} from "./errors";
import { Gate } from "./gate";
import { type Call, failed, seconds, unknown } from "./messages";
import type { HttpPolicy } from "./policy";
import type { HttpRequest, HttpResponse } from "./request";
import { backoffMs, isRetried, isTurnedAway, retryAfterMs } from "./retry";

const tryLater = "Nothing happened there; check the network and the connection's base URL, and try again.";

export interface SenderOptions {
  readonly connection: string;
  readonly service: string;
  readonly base: URL;
  readonly policy: HttpPolicy;
  readonly clock: Clock;
}

/**
 * Sends requests until there is an answer that is worth returning.
 *
 * undici's RetryAgent and retry interceptor do not fit. They decide by the method alone, so that a POST that
 * was never sent is given up and one that was can't be told from it; they cut a long Retry-After short without
 * a word, know of no pause shared by all requests, resume a body by Range, and put headers into their errors.
 */
export class Sender {
  readonly #gate: Gate;
  readonly #agent: Agent;
  #closing: Promise<void> | undefined;

  constructor(private readonly options: SenderOptions) {
    const { policy, clock } = options;
    this.#gate = new Gate(clock);
    this.#agent = new Agent({
      allowH2: false,
      pipelining: 1,
      connections: policy.concurrency,
      connectTimeout: Math.min(10_000, policy.attemptTimeoutMs),
      maxResponseSize: policy.maxBodyBytes,
    });
  }

  /**
   * @param idempotent whether sending it twice does no harm; else it is sent again only when it provably had no
   *   effect: not a byte was sent, or the answer was 429 or a first 401
   */
  async send(request: HttpRequest, auth: Authenticator, idempotent: boolean): Promise<HttpResponse> {
    const { connection, service, policy, clock, base } = this.options;
    const call: Call = { connection, service, what: request.what };
    const target = requestTarget(base, request);
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const deadline = clock.now() + policy.operationTimeoutMs;
    // What must not be repeated is not begun with too little time: cut short, its outcome would be unknown.
    const latestStart =
      deadline - (idempotent ? 0 : Math.min(policy.attemptTimeoutMs, policy.operationTimeoutMs / 2));

    let last: Outcome | undefined;
    let failures = 0;
    let mayHaveActed = false;
    let renewed = false;
    const conclude = (outcome: Outcome): HttpResponse => {
      if (outcome.kind === "answer") return readAnswer(call, outcome, base.origin + target, idempotent);
      const why = outcome.reason + (failures > 1 ? `, at the last of ${failures} attempts` : "");
      if (outcome.kind === "lost" && !idempotent) throw new OutcomeUnknownError(unknown(call, why));
      if (outcome.kind === "not sent" && !mayHaveActed)
        throw new RequestNotSentError(failed(call, why, tryLater));
      throw new ResponseInvalidError(failed(call, why, "Check the network, and try again."));
    };

    for (;;) {
      const obstacle = await this.#passGate(latestStart);
      if (obstacle) return conclude(last ?? { kind: "not sent", reason: obstacle });
      const credentials = await auth.headers();
      if (clock.now() > latestStart) return conclude(last ?? { kind: "not sent", reason: "time ran out" });
      // The login that may have come between takes time, in which another call may have been told to wait.
      if (this.#gate.remainingMs > 0) continue;

      const timeout = Math.min(policy.attemptTimeoutMs, deadline - clock.now());
      last = await attempt(
        this.#agent,
        {
          origin: base.origin,
          target,
          method: request.method,
          headers: { ...plainHeaders(body), ...credentials },
          ...(body === undefined ? {} : { body }),
        },
        timeout,
      );
      mayHaveActed ||= last.kind === "lost" || (last.kind === "answer" && !isTurnedAway(last.status));

      // An unauthorised request was turned away unprocessed, so that even a POST may be sent once more.
      if (last.kind === "answer" && last.status === 401 && !renewed && auth.renew) {
        renewed = true;
        if (await auth.renew(credentials)) continue;
        return conclude(last);
      }
      failures++;
      if (!(await this.#waitToRetry(call, last, failures, idempotent, latestStart))) return conclude(last);
    }
  }

  /** Lets what is under way come to its end, and sends nothing more. */
  close(): Promise<void> {
    this.#closing ??= this.#agent.close();
    return this.#closing;
  }

  /** @returns why no request may be sent by then, if that is so */
  async #passGate(latestStart: number): Promise<string | undefined> {
    const { policy, clock } = this.options;
    while (!this.#closing && this.#gate.remainingMs > 0) {
      const wait = this.#gate.remainingMs;
      if (wait > policy.maxRetryAfterMs || clock.now() + wait > latestStart) {
        return `the server asked all callers to wait for another ${seconds(wait)}, which is too long`;
      }
      await this.#gate.wait();
    }
    return this.#closing ? "the client is closed" : undefined;
  }

  /** @returns false when there shall be no other attempt */
  async #waitToRetry(
    call: Call,
    last: Outcome,
    failures: number,
    idempotent: boolean,
    latestStart: number,
  ): Promise<boolean> {
    const { policy, clock } = this.options;
    const now = clock.now();
    const status = last.kind === "answer" ? last.status : undefined;
    const headers = last.kind === "answer" ? last.headers : {};
    const asked = retryAfterMs(headers["retry-after"], headers.date, now);
    const wait = Math.max(asked ?? 0, backoffMs(failures, clock.random()));

    const forAll = status === 429 || (status === 503 && asked !== undefined);
    if (forAll) this.#gate.closeUntil(now + wait);

    const retried =
      status === undefined ? last.kind === "not sent" || idempotent : isRetried(status, idempotent);
    if (!retried) return false;
    if (status !== undefined && asked !== undefined && asked > policy.maxRetryAfterMs) {
      const why = `the server answered HTTP ${status} and asks to wait ${seconds(asked)} before the next attempt`;
      const next = `This connection waits ${seconds(policy.maxRetryAfterMs)} at most; try again later.`;
      throw new RetryAfterTooLongError(status, asked, failed(call, why, next));
    }
    if (failures >= policy.attempts || now + wait > latestStart || this.#closing) return false;
    if (!forAll) await clock.sleep(wait);
    return true;
  }
}

/** Identity: bodies are small, and a bound on bytes would not bound what they unpack to. */
function plainHeaders(body: string | undefined): Record<string, string> {
  return {
    accept: "application/json",
    "accept-encoding": "identity",
    "user-agent": "pulumi-apikeys",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
}
