import { STATUS_CODES } from "node:http";
import type { Problem } from "./fields";
import { Refusal, type Reply } from "./http";

/** Xentree's pages give statuses only; the shapes are FastAPI's, whose field names theirs are. */
export function detail(status: number, text = STATUS_CODES[status] ?? "Error"): Reply {
  const reply = { status, body: { detail: text } };
  return status === 401 ? { ...reply, headers: { "www-authenticate": "Bearer" } } : reply;
}

/** @throws {Refusal} 422 when there is any problem */
export function refuseInvalid(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const details = problems.map(({ path, message, type }) => ({ loc: ["body", ...path], msg: message, type }));
  throw new Refusal({ status: 422, body: { detail: details } });
}
