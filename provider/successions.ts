import type { Properties, Successions } from "./lifecycle";

/** The successions of one engine operation, in memory. */
export function successions(): Successions {
  const anchors = new Map<string, number>();
  return {
    expect: (given, anchorMs) => void anchors.set(textOf(given), anchorMs),
    clear: () => anchors.clear(),
    anchorMs: (given) => anchors.get(textOf(given)),
  };
}

/** A made-up name is another one for the successor, and no part of what the program asks. */
function textOf({ name, autonamed, ...given }: Properties): string {
  return JSON.stringify(autonamed === true ? given : { name, ...given });
}
