import { type Sandbox, type SandboxOptions, startSandbox } from "../../../sandbox";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever shape it goes on to assert.
  readonly json: any;
}

export interface Sent {
  readonly bearer?: string | undefined;
  readonly apiKey?: string;
  /** Sent as it is when a string, else as JSON. */
  readonly body?: unknown;
}

export type Send = (method: string, path: string, sent?: Sent) => Promise<Answer>;

export const NOW = Date.parse("2026-06-01T12:00:00.000Z");

/** A sandbox for each test, on a clock that only the test moves. */
export function useSandbox(options: SandboxOptions = {}) {
  const held: { sandbox?: Sandbox; now: number } = { now: NOW };
  beforeEach(async () => {
    held.now = NOW;
    held.sandbox = await startSandbox({ now: () => held.now, ...options });
  });
  afterEach(() => held.sandbox?.close());

  const sandbox = (): Sandbox => {
    if (held.sandbox === undefined) throw new Error("The sandbox starts before each test, not earlier.");
    return held.sandbox;
  };
  const send: Send = (method, path, sent) => sendTo(sandbox().url, method, path, sent);
  const passSeconds = (seconds: number): void => {
    held.now += seconds * 1000;
  };
  return { sandbox, send, passSeconds };
}

export async function sendTo(url: string, method: string, path: string, sent: Sent = {}): Promise<Answer> {
  const { bearer, apiKey, body } = sent;
  const response = await fetch(url + path, {
    method,
    redirect: "manual",
    headers: {
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      ...(apiKey !== undefined && { "x-api-key": apiKey }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}

/** The error code by which the connection, not the vendor, refused. */
export async function connectionErrorOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    const code = codeOf(error);
    if (code !== undefined) return code;
    throw error;
  }
  throw new Error("The connection was expected to fail, and the request was answered.");
}

/** No `instanceof`: fetch's errors come from outside jest's realm. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  return "cause" in error ? codeOf(error.cause) : undefined;
}
