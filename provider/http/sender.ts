import type { Dispatcher } from "undici";
import { documentOf, readAnswer } from "./answer";
import { attempt, type Outcome } from "./attempt";
import type { Authenticator } from "./authenticator";
import { encodeQuery } from "./baseUrl";
import {
  OutcomeUnknownError,
  RequestNotSentError,
  ResponseInvalidError,
  RetryAfterTooLongError,
} from "./errors";
import { beginExchange, type Exchange, type ExchangeOptions } from "./exchange";
import { failed, seconds, unknown } from "./messages";
import { isProxied } from "./network";
import type { HttpRequest, HttpResponse } from "./request";
import { isRetried, isTurnedAway, type Pause, pauseAfter } from "./retry";

/** Why no request may be sent any more. */
type NotBegun = Extract<Outcome, { kind: "not sent" }>;

/** An attempt that was made. */
interface Attempted {
  readonly outcome: Outcome;
  readonly credentials: Readonly<Record<string, string>>;
  readonly pause: Pause;
}

/**
 * Sends requests until there is a response that is worth returning.
 *
 * undici's RetryAgent and retry interceptor do not fit. They decide by the method alone, so that a POST that
 * was never sent is given up and one that was can't be told from it; they cut a long Retry-After short without
 * a word, know of no pause shared by all requests, resume a body by Range, and put headers into their errors.
 */
export class Sender {
  #dispatcher: Promise<Dispatcher> | undefined;
  #closing: Promise<void> | undefined;

  constructor(private readonly options: ExchangeOptions) {}

  /**
   * @param auth undefined for a login
   * @param idempotent whether sending it twice does no harm; else it is sent again only when it provably had no
   *   effect: not a byte was sent, or the response was 429, or the first in a row that
   *   rejects the credentials
   */
  async send(
    request: HttpRequest,
    auth: Authenticator | undefined,
    idempotent: boolean,
  ): Promise<HttpResponse> {
    const { base } = this.options;
    const exchange = beginExchange(this.options, request, auth, idempotent);
    const { call, wire } = exchange;

    let last: Outcome | undefined;
    let failures = 0;
    let mayHaveActed = false;
    let renewed = false;
    const conclude = (outcome: Outcome): HttpResponse => {
      if (outcome.kind === "answer")
        return readAnswer(call, outcome, base.origin + wire.target, idempotent, wire.readsHeaders);
      const why = outcome.reason + (failures > 1 ? `, at the last of ${failures} attempts` : "");
      if (outcome.kind === "lost" && !idempotent) throw new OutcomeUnknownError(unknown(call, why));
      if (outcome.kind === "not sent" && !mayHaveActed)
        throw new RequestNotSentError(
          failed(call, why, `Nothing happened there; ${outcome.remedy ?? this.#usualRemedy()}.`),
        );
      throw new ResponseInvalidError(failed(call, why, "Check the network, and try again."));
    };

    for (;;) {
      const attempted = await this.#attempt(exchange, failures + 1);
      if (!("outcome" in attempted)) return conclude(last ?? attempted);
      last = attempted.outcome;
      const rejected = last.kind === "answer" && isRejected(auth, last);
      if (last.kind === "answer" && !rejected) auth?.accepted?.(attempted.credentials);
      mayHaveActed ||=
        last.kind === "lost" || (last.kind === "answer" && !rejected && !isTurnedAway(last.status));

      // An unauthorised request was turned away unprocessed, so that even a POST may be sent once more.
      if (rejected && !renewed && auth?.renew) {
        renewed = true;
        if (await auth.renew(attempted.credentials)) continue;
        return conclude(last);
      }
      failures++;
      // What was renewed before a long pause may have expired in it.
      renewed = false;
      if (!(await this.#waitToRetry(exchange, attempted, failures))) return conclude(last);
    }
  }

  /** Lets what is under way come to its end, and sends nothing more. */
  close(): Promise<void> {
    this.#closing ??= Promise.resolve(this.#dispatcher).then((dispatcher) => dispatcher?.close());
    return this.#closing;
  }

  #usualRemedy(): string {
    const { base, network } = this.options;
    const places = isProxied(base, network)
      ? "the network, the proxy that HTTPS_PROXY or HTTP_PROXY names,"
      : "the network";
    return `check ${places} and the connection's base URL, and try again`;
  }

  /**
   * One attempt, when its turn has come.
   *
   * @returns why no request may be sent any more, if that is so
   */
  async #attempt(exchange: Exchange, count: number): Promise<Attempted | NotBegun> {
    const { base, policy, clock, gate, network } = this.options;
    const { wire, auth, place, latestStart, deadline, limits, idempotent } = exchange;
    for (;;) {
      if (!(await gate.enter(place, latestStart))) {
        return notBegun(
          `the server asked all callers to wait for another ${seconds(gate.remainingMs)}, which is too long`,
        );
      }
      let answered = false;
      try {
        if (this.#closing) return notBegun("the client is closed");
        this.#dispatcher ??= dispatcherModule().dispatcherFor(base, policy, network);
        const dispatcher = await this.#dispatcher;
        const credentials = (await auth?.headers()) ?? {};
        const query = encodeQuery((await auth?.query?.()) ?? {});
        if (clock.now() > latestStart) return notBegun("time ran out");
        const stopped = idempotent || auth === undefined ? undefined : limits.stopped();
        if (stopped !== undefined) return notBegun(stopped, "run the same command again");
        // The login that may have come between takes time, in which another call may have been told to wait.
        if (gate.remainingMs > 0) continue;
        const timeoutMs = Math.min(policy.attemptTimeoutMs, deadline - clock.now());
        const headers = { ...wire.headers, ...credentials };
        const sentAt = clock.now();
        const outcome = await attempt(
          dispatcher,
          { ...wire, target: withQuery(wire.target, query), headers },
          timeoutMs,
        );
        const pause = pauseAfter(outcome, count, clock, policy.maxRetryAfterMs, auth === undefined);
        if (outcome.kind === "answer" && outcome.status === 429) gate.refused(sentAt, pause);
        else gate.took(sentAt);
        if (pause.forAll) gate.closeUntil(clock.now() + pause.ms);
        answered = outcome.kind === "answer" && !pause.forAll;
        return { outcome, credentials, pause };
      } finally {
        gate.leave(answered);
      }
    }
  }

  /** @returns false when there shall be no other attempt */
  async #waitToRetry(exchange: Exchange, { outcome, pause }: Attempted, failures: number): Promise<boolean> {
    const { policy, clock } = this.options;
    const { call, idempotent, latestStart } = exchange;
    const status = outcome.kind === "answer" ? outcome.status : undefined;
    const retried =
      status === undefined ? outcome.kind === "not sent" || idempotent : isRetried(status, idempotent);
    if (!retried) return false;
    if (status !== undefined && pause.askedMs !== undefined && pause.askedMs > policy.maxRetryAfterMs) {
      const why = `the server answered HTTP ${status} and asks to wait ${seconds(pause.askedMs)} before the next attempt`;
      const next = `This connection waits ${seconds(policy.maxRetryAfterMs)} at most; try again later.`;
      throw new RetryAfterTooLongError(status, pause.askedMs, failed(call, why, next));
    }
    if (failures >= policy.attempts || clock.now() + pause.ms > latestStart || this.#closing) return false;
    if (!pause.forAll) await clock.sleep(pause.ms);
    return true;
  }
}

function notBegun(reason: string, remedy?: string): NotBegun {
  return { kind: "not sent", reason, ...(remedy !== undefined && { remedy }) };
}

function isRejected(auth: Authenticator | undefined, answer: Extract<Outcome, { kind: "answer" }>): boolean {
  return auth?.isRejected?.(answer.status, documentOf(answer)) ?? answer.status === 401;
}

function withQuery(target: string, query: string): string {
  return query === "" ? target : `${target}${target.includes("?") ? "&" : "?"}${query}`;
}

/** Loaded with the first request: an operation that sends nothing has no use for it. */
function dispatcherModule(): typeof import("./dispatcher") {
  return require("./dispatcher");
}
