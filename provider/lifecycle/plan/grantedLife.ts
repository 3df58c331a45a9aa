import { durationMs, durationText, instantMs } from "../../base/time";
import { sameField } from "../../definition/sameField";
import { printable } from "../../redaction/printable";
import { type RotationArgs, rotationOf } from "../../rotation";
import type { KeyContext } from "../context";
import type { KeyInputs, KeyState } from "../state/key";

const [secondMs, minuteMs, hourMs] = [1_000, 60_000, 3_600_000];

/**
 * What the user should know where the vendor lets a key end sooner than was asked: what it granted is the key's lifetime.
 *
 * @param expiresIn the lifetime that the program asks for; none where it fixes the end
 * @param asked the end that was asked for
 * @param granted the end that the vendor tells
 */
export function shortened(
  { definition, label }: Pick<KeyContext, "definition" | "label">,
  expiresIn: unknown,
  asked: unknown,
  granted: unknown,
): string[] {
  const { title, fields } = definition;
  const [askedMs, grantedMs] = [instantMs(asked), instantMs(granted)];
  if (askedMs === undefined || grantedMs === undefined || grantedMs >= askedMs) return [];
  if (fields.expiresAt && sameField(fields.expiresAt, asked, granted)) return [];
  return typeof expiresIn === "string"
    ? [
        `The ${label} was to work for ${expiresIn}, and ${title} lets it end at ${String(granted)}, before ${String(asked)}. The schedule goes by what it granted.`,
      ]
    : [
        `The ${label} was to work until ${String(asked)}, and ${title} lets it end at ${String(granted)}. It is not renewed for that.`,
      ];
}

/**
 * Why a schedule cannot be kept with the life that the vendor has granted, which may be shorter than was asked for: a key
 * that is due from its first day would be renewed in each run, and one that is due again within its overlap would end
 * the previous key early, each time. In a sentence; undefined where it can be kept.
 */
export function unkeptSchedule(state: KeyState, inputs: Pick<KeyInputs, "rotation">): string | undefined {
  const rotation = rotationOf(inputs);
  const { beforeExpiry, overlap } = rotation;
  const [grantedMs, marginMs] = [grantedLifeMs(state), durationMs(beforeExpiry)];
  const ended = bornEnded(state);
  if (ended !== undefined || grantedMs === undefined || marginMs === undefined) return ended;
  const granted = `${grantOf(state)} a life of ${lifeText(grantedMs)}`;
  const leftMs = grantedMs - marginMs;
  if (leftMs <= 0) {
    return (
      `rotation.beforeExpiry (${String(beforeExpiry)}) cannot be kept: ${granted}, so each \`pulumi up\` would renew it. ` +
      "Make rotation.beforeExpiry shorter than that."
    );
  }
  if (overlapMs(rotation) < leftMs) return undefined;
  return (
    `rotation.overlap (${String(overlap)}) cannot be kept: ${granted}, of which rotation.beforeExpiry (${String(beforeExpiry)}) ` +
    `leaves ${lifeText(leftMs)}, so each renewal would revoke the previous key before its time. Make rotation.overlap shorter than that.`
  );
}

/** That a key had ended when it was made, so that its renewal would be another such key; undefined for any other. In a sentence. */
export function bornEnded(state: KeyState): string | undefined {
  const grantedMs = grantedLifeMs(state);
  if (state.status === "revoked" || grantedMs === undefined || grantedMs > 0) return undefined;
  return (
    `${grantOf(state)} no life at all: its end, ${String(state.fields.expiresAt)}, was over when it was made, so each \`pulumi up\` would renew it. ` +
    "Ask for another expiresIn or expiresAt; if somebody has changed its end since, change rotation.triggers."
  );
}

function grantOf({ service, fields, keyId }: KeyState): string {
  return `${service.definition.title} granted key ${JSON.stringify(printable(String(fields.name ?? keyId)))}`;
}

/** How long the vendor lets a key live; undefined where its beginning or its end is not known. */
function grantedLifeMs({ fields, rotatedAt, extendedAt, adopt, keyId }: KeyState): number | undefined {
  const beganMs =
    instantMs(extendedAt) ??
    instantMs(fields.createdAt) ??
    (adopt === keyId ? undefined : instantMs(rotatedAt));
  const endsMs = instantMs(fields.expiresAt);
  return beganMs === undefined || endsMs === undefined ? undefined : endsMs - beganMs;
}

/** For how long a renewal leaves the previous key valid. */
function overlapMs({ overlap, revokeNow }: RotationArgs): number {
  return revokeNow === true ? 0 : (durationMs(overlap) ?? 0);
}

/** A life of about that long: between the request and the key's beginning some seconds may lie. */
function lifeText(ms: number): string {
  const stepMs = ms >= 24 * hourMs ? hourMs : ms >= hourMs ? minuteMs : secondMs;
  return durationText(Math.round(ms / stepMs) * stepMs);
}
