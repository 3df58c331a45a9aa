const lifetimeMs = 90 * 86_400_000;

/** The expiry (RFC 3339) of keys of a peer that has no lifetimes. Ours expire at the same time. */
export function expiryOfKeys(): string {
  return new Date(Date.now() + lifetimeMs).toISOString();
}
