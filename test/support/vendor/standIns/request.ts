import { randomBytes } from "node:crypto";
import type { Call } from "../../../../sandbox/routing";

/** The query of a request. */
export function queryOf({ path }: Call): URLSearchParams {
  return new URL(path, "http://127.0.0.1").searchParams;
}

/** The JSON object in a request's body; nothing for any other body. */
export function objectIn({ body, headers }: Call): Record<string, unknown> | undefined {
  if (!headers["content-type"]?.startsWith("application/json")) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

export function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** One page of a list that is counted from 1. */
export function pageOf<T>(all: readonly T[], page: number, size: number): T[] {
  return all.slice((page - 1) * size, page * size);
}

/** A random secret. */
export function mint(start: string): string {
  return `${start}${randomBytes(20).toString("hex")}`;
}
