import { limits } from "./limits";

interface Size {
  readonly values: number;
  readonly depth: number;
}

/**
 * Why a value is more than can be read; undefined where it is not. A part that aliases repeat is measured once and
 * counted each time, so that a small file cannot cost more than a large one.
 */
export function excess(whole: unknown): string | undefined {
  const sizes = new Map<object, Size | undefined>();
  const pending: unknown[] = [whole];
  while (pending.length > 0) {
    const value = pending.at(-1);
    if (!isContainer(value) || sizes.get(value) !== undefined) {
      pending.pop();
      continue;
    }
    const inner = Object.values(value).filter(isContainer);
    if (!sizes.has(value)) {
      sizes.set(value, undefined);
      if (inner.some((part) => sizes.has(part) && sizes.get(part) === undefined))
        return "an alias leads back to itself";
      pending.push(...inner);
      if (pending.length > limits.values) return tooMany;
      continue;
    }
    if (inner.some((part) => sizes.get(part) === undefined)) return "an alias leads back to itself";
    const parts = inner.map((part) => sizes.get(part) as Size);
    const size = {
      values: parts.reduce((sum, part) => sum + part.values, Object.keys(value).length),
      depth: 1 + parts.reduce((most, part) => Math.max(most, part.depth), 0),
    };
    if (size.depth > limits.depth) return `it is deeper than ${limits.depth} levels`;
    if (size.values > limits.values) return tooMany;
    sizes.set(value, size);
    pending.pop();
  }
  return undefined;
}

const tooMany = `it has more than ${limits.values.toLocaleString("en")} values`;

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
