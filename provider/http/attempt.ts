import type { Dispatcher } from "undici";
import { describeFailure } from "./failure";
import { lateRefusal } from "./handshake";
import { seconds } from "./messages";
import { unpacked } from "./unpacked";

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly origin: string;
  /** Path and query. */
  readonly target: string;
  readonly method: Dispatcher.HttpMethod;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON or form text. */
  readonly body?: string;
  /** Lower-case names of response headers that are kept beside the usual ones. */
  readonly readsHeaders?: readonly string[];
  /** Whether another one is kept. Default: none. */
  readonly readsHeader?: ((name: string) => boolean) | undefined;
  /** Bytes that a body may have, unpacked. */
  readonly maxBodyBytes: number;
  /** Whether the cookies that the response sets are kept: a login's are. */
  readonly readsCookies?: boolean;
}

/** What one attempt came to. */
export type Outcome =
  /** A whole response, or one whose body was over the bound and not read to its end. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly setCookies?: readonly string[];
      readonly body: Uint8Array | "too large";
    }
  /** Not a byte of the request was written to a connection, or the server ended the connection before it could read one. */
  | {
      readonly kind: "not sent";
      readonly reason: string;
      /** What the user can do about it, where that can be told from the reason: a clause. */
      readonly remedy?: string;
    }
  /** Some of it may have arrived, and no whole response came. */
  | { readonly kind: "lost"; readonly reason: string };

/**
 * Sends a request once and reads the whole response. Never rejects, never repeats, never follows a redirect.
 *
 * It uses `dispatch` because only there undici tells a request that was not sent from one that was:
 * `onRequestStart` comes right before the first byte is written. After that nothing is certain. The
 * `bytesWritten` of an `UND_ERR_SOCKET` counts what earlier requests wrote to the same socket and what lies
 * unsent in the kernel, so it proves neither. The one exception is a handshake that the server refused late.
 *
 * @param dispatcher must speak HTTP/1.1 only: undici puts HTTP/2 requests back in line after a GOAWAY
 * @param timeoutMs from now to the last byte of the body
 */
export function attempt(dispatcher: Dispatcher, request: WireRequest, timeoutMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined;
    let expired = false;
    let answer: Omit<Extract<Outcome, { kind: "answer" }>, "kind" | "body"> | undefined;
    let coding = "";
    const chunks: Buffer[] = [];

    const settle = (outcome: Outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const fail = (reason: string, remedy?: string, unread = false) =>
      settle(
        controller && !unread
          ? { kind: "lost", reason }
          : { kind: "not sent", reason, ...(remedy !== undefined && { remedy }) },
      );
    const timer = setTimeout(() => {
      expired = true;
      const awaited = controller ? "whole answer" : "connection";
      fail(`no ${awaited} came within ${seconds(timeoutMs)}`);
      controller?.abort(new Error("timed out"));
    }, timeoutMs);

    const { origin, target, method, headers, body } = request;
    dispatcher.dispatch(
      // undici's own timeouts measure silence, not the whole attempt, and tick in half seconds.
      { origin, path: target, method, headers, body: body ?? null, headersTimeout: 0, bodyTimeout: 0 },
      {
        onRequestStart(started) {
          // The caller has been told "not sent": aborted here, before the first byte, it stays true.
          if (expired) started.abort(new Error("timed out"));
          else controller = started;
        },
        onResponseStart(_, status, received) {
          // Informational ones come here too; the final one takes their place (RFC 9110, section 15.2).
          const headers = pickHeaders(received, request);
          const cookies = received["set-cookie"];
          coding = [received["content-encoding"] ?? []].flat().join(", ");
          answer = { status, headers, ...(request.readsCookies && { setCookies: [cookies ?? []].flat() }) };
        },
        onResponseData(_, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          if (answer)
            settle({
              kind: "answer",
              ...answer,
              body: unpacked(Buffer.concat(chunks), coding, request.maxBodyBytes),
            });
          else fail("the answer had no status");
        },
        onResponseError(_, error) {
          const refusal = lateRefusal(error);
          const failure = describeFailure(refusal ?? error);
          if (answer && failure.tooLarge) settle({ kind: "answer", ...answer, body: "too large" });
          else fail(failure.reason, failure.remedy, refusal !== undefined);
        },
      },
    );
  });
}

/** Headers that this layer or its callers decide by; the rest goes no further, and cookies in no case. */
const keptHeaders = ["content-type", "date", "link", "location", "retry-after"] as const;

function pickHeaders(
  received: Readonly<Record<string, string | string[] | undefined>>,
  { readsHeaders = [], readsHeader = () => false }: Pick<WireRequest, "readsHeaders" | "readsHeader">,
): Record<string, string> {
  const picked: Record<string, string> = {};
  const alsoRead = Object.keys(received).filter(readsHeader);
  for (const name of [...keptHeaders, ...readsHeaders, ...alsoRead]) {
    if (name === "set-cookie") continue;
    const value = received[name];
    if (value !== undefined) picked[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return picked;
}
