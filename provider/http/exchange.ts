import { type CallLimits, callLimits, settlingMs } from "../base/callLimits";
import type { Clock } from "../base/clock";
import type { WireRequest } from "./attempt";
import type { Authenticator } from "./authenticator";
import { requestTarget } from "./baseUrl";
import { encodeForm } from "./form";
import { jsonText } from "./json";
import type { RequestLabel } from "./messages";
import type { Network } from "./network";
import { loginSlot, type RequestGate } from "./pacing/requestGate";
import type { HttpPolicy } from "./policy";
import type { HttpRequest } from "./request";
import { requestHeaders } from "./requestHeaders";

/** What all exchanges of a client have in common. */
export interface ExchangeOptions {
  readonly connection: string;
  readonly service: string;
  readonly base: URL;
  readonly policy: HttpPolicy;
  readonly clock: Clock;
  readonly gate: RequestGate;
  readonly network: Network;
}

/** One request, however many attempts it takes. */
export interface Exchange {
  readonly call: RequestLabel;
  /** The request as it is sent, but for its credentials, which may change from one attempt to the next. */
  readonly wire: WireRequest;
  /** Undefined for a login. */
  readonly auth: Authenticator | undefined;
  readonly idempotent: boolean;
  /** Its place in line at the gate. */
  readonly place: number;
  /** Moment by which an attempt has to begin. */
  readonly latestStart: number;
  /** Moment by which every attempt has to end. */
  readonly deadline: number;
  /** Those of the engine's call that the request is for. */
  readonly limits: CallLimits;
}

/**
 * A request, ready to be attempted; its time begins now.
 *
 * @throws {ApiKeysError} INVALID_INPUT for a path, header or form that would not arrive as it is written
 */
export function beginExchange(
  options: ExchangeOptions,
  request: HttpRequest,
  auth: Authenticator | undefined,
  idempotent: boolean,
): Exchange {
  const { connection, service, policy, clock, base, gate } = options;
  const body = encodeBody(request);
  const limits = callLimits();
  const now = clock.now();
  const deadline = deadlineOf(limits, now, policy.operationTimeoutMs, idempotent);
  return {
    call: { connection, service, what: request.what },
    wire: {
      origin: base.origin,
      target: requestTarget(base, request),
      method: request.method,
      headers: requestHeaders(request, body),
      readsHeaders: request.readsHeaders ?? [],
      readsHeader: request.readsHeader,
      readsCookies: auth === undefined,
      maxBodyBytes: policy.maxBodyBytes,
      ...(body === undefined ? {} : { body }),
    },
    auth,
    idempotent,
    place: auth ? gate.takePlace() : loginSlot,
    // What must not be repeated is not begun with too little time: cut short, its outcome would be unknown.
    latestStart: deadline - (idempotent ? 0 : Math.min(policy.attemptTimeoutMs, (deadline - now) / 2)),
    deadline,
    limits,
  };
}

/** What finds or ends a key is given some time in any case: a create that was cut short may have made one. */
function deadlineOf({ deadlineMs }: CallLimits, nowMs: number, forMs: number, idempotent: boolean): number {
  const own = nowMs + forMs;
  if (deadlineMs === undefined) return own;
  return Math.min(own, idempotent ? Math.max(deadlineMs, nowMs + settlingMs) : deadlineMs);
}

function encodeBody({ body, encoding }: HttpRequest): string | undefined {
  if (body === undefined) return undefined;
  return encoding === "form" ? encodeForm(body) : jsonText(body);
}
