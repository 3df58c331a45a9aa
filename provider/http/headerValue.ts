/**
 * Whether text can be sent in a header as it is: visible Latin-1 and spaces, so no line break.
 *
 * @see RFC 9110, section 5.5
 */
export function isHeaderValue(value: string): boolean {
  return /^[\x20-\x7e\xa0-\xff]+$/.test(value);
}
