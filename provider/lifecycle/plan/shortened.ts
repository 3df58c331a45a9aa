import { instantMs } from "../../base/time";
import { sameField } from "../../definition/sameField";
import type { KeyContext } from "../context";

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
