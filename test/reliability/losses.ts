import { engineUnknown } from "../../provider/base/unknown";
import type { FaultAction } from "../../sandbox";
import { page } from "./bench";

/** The response of a vendor that has created a key, in the vendor's own form. */
function odd(patch: object): FaultAction {
  const told = { id: "1", key: "canary-value", key_value: "canary-value", ...patch };
  return { kind: "respondAfterCommit", status: 201, body: { ...told, data: told } };
}

/** Ways to lose the answer to a create that the vendor has carried out. */
export const losses: [string, FaultAction][] = [
  ["with the connection", { kind: "resetAfterCommit" }],
  ["half way", { kind: "truncateAfterCommit" }],
  ["behind a gateway's 502", { kind: "respondAfterCommit", status: 502, body: page }],
  ["behind the vendor's 500", { kind: "respondAfterCommit", status: 500 }],
  ["behind a login page under 200", { kind: "respondAfterCommit", status: 200, body: page }],
  ["but for the value", { kind: "respondAfterCommit", status: 201, body: { id: "1", data: { id: "1" } } }],
  ["with an id that the engine would refuse", odd({ id: engineUnknown })],
  ["with a value that the engine would refuse", odd({ key: engineUnknown, key_value: engineUnknown })],
  ["with the value in place of the id", odd({ id: "canary-value" })],
];
