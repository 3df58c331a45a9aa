import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

type Decoder = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array;

const decoders: Readonly<Record<string, Decoder>> = {
  gzip: gunzipSync,
  "x-gzip": gunzipSync,
  br: brotliDecompressSync,
  // The zlib format by the standard, the bare one from servers that read it otherwise.
  deflate: (bytes, options) => (isZlib(bytes) ? inflateSync : inflateRawSync)(bytes, options),
};

/**
 * A body as it was before a server compressed it, which none was asked to. Some do all the same, and the value of a
 * key in it is shown once.
 *
 * @param coding the response's Content-Encoding
 * @param maxBytes of what it unpacks to
 * @returns the bytes as they came where the coding is unknown, is one of several, or is not what the bytes are in
 * @see RFC 9110, section 8.4
 */
export function unpacked(bytes: Uint8Array, coding: string, maxBytes: number): Uint8Array | "too large" {
  const name = coding.trim().toLowerCase();
  const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (!decode || bytes.length === 0) return bytes;
  try {
    return decode(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? "too large" : bytes;
  }
}

/** @see RFC 1950, section 2.2 */
function isZlib([method = 0, flags = 0]: Uint8Array): boolean {
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}
