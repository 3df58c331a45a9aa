import { TLSSocket } from "node:tls";
import type { buildConnector } from "undici";

/**
 * Alerts by which a server ends a handshake because of the client's certificate, as OpenSSL names them.
 *
 * @see RFC 8446, section 6.2
 */
const certificateAlert =
  /^ERR_SSL_(SSLV3|TLSV1|TLSV13|SSL\/TLS)_ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR)$/;

/** Whether a code says that the server refused the client's certificate, or the lack of one. */
export function isCertificateAlert(code: string): boolean {
  return certificateAlert.test(code);
}

const refusals = new WeakMap<object, Error>();

/**
 * The alert behind an error, where the server refused a handshake that our side had finished already. The server has
 * then not read the request that followed.
 */
export function lateRefusal(error: unknown): Error | undefined {
  return typeof error === "object" && error !== null ? refusals.get(error) : undefined;
}

/** Milliseconds for which a new connection with a client certificate waits to be refused: longer than most round trips. */
const holdMs = 200;

/**
 * The connector, watching for refused handshakes.
 *
 * In TLS 1.3 the client may write its request before the server has judged the client's certificate. The server can
 * read no request before it has accepted the whole handshake (RFC 8446, section 4.4.4). So an alert about the
 * certificate proves that no request was read, where not a byte was received on the connection before it. In older
 * versions it proves nothing: there a server may ask for a certificate after it has read a request.
 *
 * Some servers close the connection without an alert, which proves nothing. So a connection with a client certificate
 * is held back for a moment: what is refused in it was not sent.
 *
 * @param hasCertificate whether a client certificate is shown
 */
export function watchingHandshakes(
  connect: buildConnector.connector,
  hasCertificate: boolean,
): buildConnector.connector {
  return (options, callback) => {
    connect(options, (...outcome) => {
      const [, socket] = outcome;
      if (!(socket instanceof TLSSocket) || socket.getProtocol() !== "TLSv1.3") return callback(...outcome);
      let alert: Error | undefined;
      socket.on("error", (error: NodeJS.ErrnoException) => {
        if (socket.bytesRead === 0 && isCertificateAlert(error.code ?? "")) alert = error;
        // undici makes another error of the end of the connection, which comes right after the alert.
        if (alert) refusals.set(error, alert);
      });
      if (!hasCertificate) return callback(...outcome);
      whenAccepted(socket, (error) => (error ? callback(error, null) : callback(null, socket)));
    });
  };
}

/** Calls back when a connection has outlasted the hold, or with the reason why it has not. */
function whenAccepted(socket: TLSSocket, callback: (error?: Error) => void): void {
  let failure: Error | undefined;
  const onError = (error: Error) => {
    failure = error;
  };
  const end = () => {
    clearTimeout(timer);
    socket.off("error", onError).off("close", end);
    const isOpen = !socket.destroyed && !socket.readableEnded;
    callback(isOpen ? undefined : (failure ?? Object.assign(new Error("closed"), { code: "ECONNRESET" })));
  };
  const timer = setTimeout(end, holdMs);
  socket.on("error", onError).on("close", end);
}
