/** A sentence about a key, as a program calls it. */
export function asSentence(service: string | undefined, message: string, logicalName?: string): string {
  const sentence = /[.!?]$/.test(message) ? message : `${message}.`;
  const key = logicalName === undefined ? "" : ` ${JSON.stringify(logicalName)}`;
  return service ? `${service}.ApiKey${key}: ${sentence}` : sentence;
}
