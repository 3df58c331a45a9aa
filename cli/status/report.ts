import { instantMs, instantText } from "../../provider/base/time";
import { distanceText } from "../distance";
import { json } from "../json";
import { table } from "../table";
import type { KeyStatus } from "./keys";
import { neededMs, type Outlook } from "./outlook";
import type { UpAction } from "./upAt";

/** The keys as a table for people, those first that need something soonest. */
export function statusTable(keys: readonly KeyStatus[], nowMs: number): string {
  const rows = soonestFirst(keys, nowMs).map(({ key, known, outlook }) => [
    key.name,
    String(key.inputs.service ?? known?.state.service.definition.name ?? "-"),
    known?.state.status ?? "-",
    outlook === undefined ? "not known" : outlook.now.map(actionText).join("; ") || "nothing",
    outlook === undefined ? "not known" : nextText(outlook, nowMs),
    expiryText(known?.state.fields.expiresAt, nowMs),
  ]);
  return table(["KEY", "SERVICE", "STATUS", "NEXT UP", "NEXT NEEDED", "EXPIRES"], rows);
}

/** The same for machines. */
export function statusJson(keys: readonly KeyStatus[], nowMs: number, isRefreshed: boolean): string {
  return json({
    at: instantText(nowMs),
    refreshed: isRefreshed,
    keys: soonestFirst(keys, nowMs).map(({ key, known, outlook, problem }) => ({
      name: key.name,
      urn: key.urn,
      service: known?.state.service.definition.name,
      connection: known?.state.connection,
      keyId: known?.state.keyId,
      status: known?.state.status,
      now: outlook?.now,
      next: outlook?.next && { at: instantText(outlook.next.atMs), actions: outlook.next.actions },
      neededAt: outlook && momentText(neededMs(outlook, nowMs)),
      endsAt: momentText(outlook?.endsMs),
      expiresAt: known?.state.fields.expiresAt,
      previousRevokeAt: known?.state.previousRevokeAt,
      problem,
    })),
  });
}

/** When the first of the keys needs something, in a sentence. */
export function nextSentence(keys: readonly KeyStatus[], nowMs: number): string {
  const acting = keys.filter(({ outlook }) => outlook && outlook.now.length > 0).length;
  if (acting > 0)
    return `The next \`pulumi up\` does something for ${acting === 1 ? "1 key" : `${acting} keys`}. It is needed now.`;
  const moments = keys.flatMap(({ outlook }) => (outlook && neededMs(outlook, nowMs)) ?? []);
  if (moments.length === 0) return "The next `pulumi up` does nothing, and no key needs one.";
  return `The next \`pulumi up\` does nothing. The first key needs something at ${inDays(Math.min(...moments), nowMs)}.`;
}

function soonestFirst(keys: readonly KeyStatus[], nowMs: number): KeyStatus[] {
  const needed = ({ outlook }: KeyStatus) =>
    outlook === undefined ? Number.NEGATIVE_INFINITY : (neededMs(outlook, nowMs) ?? Number.POSITIVE_INFINITY);
  return keys.toSorted((one, other) => (needed(one) === needed(other) ? 0 : needed(one) - needed(other)));
}

const verbs: Readonly<Record<UpAction["does"], string>> = {
  create: "creates it",
  renew: "renews it with overlap",
  "renew-value": "gives it another value",
  replace: "replaces it",
  update: "updates it",
  deliver: "delivers it",
  "revoke-previous": "revokes the previous key",
  "revoke-replaced": "revokes the replaced key",
  "look-for-lost-create": "looks for the key of a lost create",
  fail: "fails",
};

function actionText({ does, why }: UpAction): string {
  return why === undefined ? verbs[does] : `${verbs[does]}: ${why}`;
}

function nextText({ now, next, endsMs }: Outlook, nowMs: number): string {
  if (now.length > 0) return "now";
  if (endsMs !== undefined && endsMs <= (next?.atMs ?? endsMs))
    return endsMs <= nowMs
      ? "by hand: nothing renews it"
      : `${inDays(endsMs, nowMs)}, by hand: nothing renews it`;
  if (next === undefined) return "never";
  return `${inDays(next.atMs, nowMs)}: ${next.actions.map(({ does }) => verbs[does]).join("; ")}`;
}

function expiryText(expiresAt: unknown, nowMs: number): string {
  const ms = instantMs(expiresAt);
  return ms === undefined ? "-" : inDays(ms, nowMs);
}

function inDays(ms: number, nowMs: number): string {
  return `${instantText(ms)} (${distanceText(ms, nowMs)})`;
}

function momentText(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : instantText(ms);
}
