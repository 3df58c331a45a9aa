const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was closed before a whole answer came",
  EPIPE: "the connection was closed before a whole answer came",
  UND_ERR_SOCKET: "the connection was closed before a whole answer came",
  ENOTFOUND: "the host name was not found",
  EAI_AGAIN: "the host name could not be looked up",
  ETIMEDOUT: "no connection came about in time",
  UND_ERR_CONNECT_TIMEOUT: "no connection came about in time",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "the answer was not as long as it said",
  HPE_INVALID_EOF_STATE: "the answer was cut short",
  UND_ERR_HEADERS_OVERFLOW: "the headers of the answer are too large",
  UND_ERR_CLOSED: "the client is closed",
  UND_ERR_DESTROYED: "the client is closed",
};

const tlsCode = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO)/;

/**
 * What an error of undici or Node means, in words. Nothing of the error itself goes further than its code: such
 * errors hold sockets, headers and pieces of bodies.
 */
export function describeFailure(error: unknown): { reason: string; tooLarge: boolean } {
  const code = codeOf(error);
  const reason =
    reasons[code] ?? (tlsCode.test(code) ? "no trusted TLS connection came about" : "the connection failed");
  return {
    reason: code === "" ? reason : `${reason} (${code})`,
    tooLarge: code === "UND_ERR_RES_EXCEEDED_MAX_SIZE",
  };
}

function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? code : "";
}
