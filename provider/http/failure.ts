import { isCertificateAlert } from "./handshake";

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was closed before a whole answer came",
  EPIPE: "the connection was closed before a whole answer came",
  UND_ERR_SOCKET: "the connection was closed before a whole answer came",
  ENOTFOUND: "the host name was not found",
  EAI_AGAIN: "the host name could not be looked up",
  ETIMEDOUT: "no connection came about in time",
  UND_ERR_CONNECT_TIMEOUT: "no connection came about in time",
  UND_ERR_PRX_CONN: "the proxy closed the connection",
  UND_ERR_PRX_TLS: "no trusted TLS connection to the proxy came about",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "the answer was not as long as it said",
  HPE_INVALID_EOF_STATE: "the answer was cut short",
  UND_ERR_HEADERS_OVERFLOW: "the headers of the answer are too large",
  UND_ERR_CLOSED: "the client is closed",
  UND_ERR_DESTROYED: "the client is closed",
};

const tlsCode = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO)/;

/** Codes of certificates that no authority which is trusted here has signed. */
const untrustedCode = /^(SELF_SIGNED_|DEPTH_ZERO_SELF_|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF))/;

/** What an error means, in words. */
interface Failure {
  readonly reason: string;
  /** What the user can do about it, a clause. Default: what helps against any failure of the network. */
  readonly remedy?: string;
  readonly tooLarge: boolean;
}

/**
 * What an error of undici or Node means, in words. Nothing of the error itself goes further than its code, and the
 * status of a proxy: such errors hold sockets, headers and pieces of bodies.
 */
export function describeFailure(error: unknown): Failure {
  const code = codeOf(error);
  const tooLarge = code === "UND_ERR_RES_EXCEEDED_MAX_SIZE";
  const named = (reason: string) => (code === "" ? reason : `${reason} (${code})`);
  const status = proxyStatus(code, error);
  if (status !== undefined) {
    const remedy =
      status === "407"
        ? "put the user name and password that the proxy asks for into the URL in HTTPS_PROXY"
        : "have the proxy allow the vendor's host, or add the host to NO_PROXY";
    return { reason: `the proxy answered HTTP ${status} to CONNECT`, remedy, tooLarge };
  }
  if (isCertificateAlert(code)) {
    return {
      reason: named("the server refused the TLS handshake because of the client certificate"),
      remedy: "set the connection's certFile and keyFile to a client certificate that the server accepts",
      tooLarge,
    };
  }
  if (untrustedCode.test(code)) {
    return {
      reason: named("no trusted TLS connection came about"),
      remedy: "if an authority of your own signed the certificate, set the connection's caFile",
      tooLarge,
    };
  }
  const reason =
    reasons[code] ?? (tlsCode.test(code) ? "no trusted TLS connection came about" : "the connection failed");
  return { reason: named(reason), tooLarge };
}

/** What a proxy answered to the request for a tunnel, if that was no success; undici has it in a text only. */
function proxyStatus(code: string, error: unknown): string | undefined {
  if (code !== "UND_ERR_ABORTED" || !(error instanceof Error)) return undefined;
  return /^Proxy response \((\d{3})\)/.exec(error.message)?.[1];
}

function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[A-Z][A-Z0-9_/]{0,63}$/.test(code) ? code : "";
}
