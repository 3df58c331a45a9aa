import type { Dialect } from "../vendor/dialects";
import { overHttp } from "../vendor/overHttp";
import { PagedVendor, pagedService } from "../vendor/pagedVendor";
import { failure } from "./modelEngine";

/** Credentials that the vendor accepts; the canary in them shows a leak. */
export const credentials = { token: "canary-token" } as const;

/** A vendor with so many keys, and how the provider sees it. */
export async function beginPaged(dialect: Dialect, count: number, query?: Record<string, string>) {
  const server = await PagedVendor.start(dialect, count);
  const definition = pagedService(dialect.pagination, query);
  const vendor = overHttp(definition, {
    name: "paged",
    baseUrl: new URL(server.url),
    credentials,
    policy: {},
    listLagMs: 0,
  });
  const ids = async () => (await vendor.list?.({}, "fresh"))?.map(({ id }) => id);
  return { server, vendor, ids };
}

/** The message of a list that proves nothing. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await failure(attempt);
  expect(error.code).toBe("RESPONSE_INVALID");
  expect(error.message).not.toContain("canary");
  return error.message;
}
