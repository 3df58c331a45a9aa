const lifetimeMs = 90 * 86_400_000;

/** When the keys of a peer expire that knows no lifetimes, RFC 3339; as late as those of ours do. */
export function expiryOfKeys(): string {
  return new Date(Date.now() + lifetimeMs).toISOString();
}
