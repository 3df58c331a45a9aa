/** What the user should know of a key that nothing renews before its end. */
export function expiryWarning(label: string, expiresAt: string): string {
  return (
    `The ${label} expires at ${expiresAt}, and nothing renews it before. Set rotation.beforeExpiry with expiresIn, or a later ` +
    'expiresAt; rotation.warnBeforeExpiry: "off" silences this.'
  );
}
