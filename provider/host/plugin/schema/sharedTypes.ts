import {
  anything,
  flag,
  mapOf,
  type ObjectSchema,
  type Properties,
  type PropertySchema,
  type TypeSchema,
  text,
  texts,
} from "./schemaTypes";
import {
  argumentTexts,
  type DeliveryMember,
  deliveredTexts,
  deliveryMembers,
  outputTexts,
  rotationTexts,
} from "./texts";

/** Types that the keys of every service share, by their tokens. */
export function sharedTypes(packageName: string): Readonly<Record<string, ObjectSchema>> {
  return {
    [token(packageName, "Rotation")]: {
      type: "object",
      description:
        "When and why a key is renewed: a new key takes its place, and the old one is revoked. Durations are a whole number and a unit: s, m, h, d or w.",
      properties: {
        ...described(rotationTexts, {
          every: text,
          beforeExpiry: text,
          overlap: text,
          revokeWhenIdleFor: text,
          overlapAtMost: text,
          revokeNow: flag,
          warnBeforeExpiry: text,
          triggers: mapOf(anything),
        }),
      },
    },
    [token(packageName, "Delivery")]: {
      type: "object",
      description:
        "A place to which the provider takes a key's value. Which members there are depends on the store: docs/delivery.md has each on one screen.",
      properties: {
        store: {
          ...text,
          description:
            "The store: `vault`, `kubernetes`, `aws-secrets-manager`, `aws-ssm-parameter`, `google-secret-manager`, `azure-key-vault`, `github`, `gitlab`, `file`, `command`, or `http:<name>` with its `definition`.",
        },
        ...Object.fromEntries(deliveryMembers.map((member) => [member.name, memberSchema(member)])),
        definition: {
          ...anything,
          description: "Definition of a store that is declared as data, of `http:<name>`.",
        },
      },
      required: ["store"],
    },
    [token(packageName, "Delivered")]: {
      type: "object",
      description: "What became of one delivery.",
      properties: described(deliveredTexts, { place: text, status: text, deliveredAt: text }),
      required: ["place", "status"],
    },
  };
}

/** Arguments that the keys of every service have. */
export function sharedArguments(packageName: string, expires: boolean): Properties {
  const types: Record<string, TypeSchema> = {
    connection: text,
    rotation: ref(packageName, "Rotation"),
    revokeWhenIdleFor: text,
    ...(expires && { expiresIn: text }),
    adopt: text,
    adoptValue: text,
    deliver: { type: "array", items: ref(packageName, "Delivery") },
    valueInState: flag,
    onLostDelivery: text,
    encryptTo: texts,
  };
  const properties = described(argumentTexts, types);
  return { ...properties, adoptValue: { ...(properties.adoptValue as PropertySchema), secret: true } };
}

/** Outputs that the keys of every service have, beside the arguments. */
export function sharedOutputs(packageName: string): Properties {
  const properties = described(outputTexts, {
    keyId: text,
    value: text,
    valueAvailable: flag,
    fingerprint: text,
    status: text,
    origin: text,
    dueAt: text,
    generation: { type: "integer" },
    previousKeyId: text,
    previousValue: text,
    previousRevokeAt: text,
    delivered: { type: "array", items: ref(packageName, "Delivered") },
    encryptedValue: text,
    rotatedAt: text,
  });
  const secret = (name: string) => ({ [name]: { ...(properties[name] as PropertySchema), secret: true } });
  return { ...properties, ...secret("value"), ...secret("previousValue") };
}

/** Outputs that a key can never lack. All others may be absent for some key, or some day. */
export const sureOutputs: readonly string[] = ["keyId", "status", "origin"];

export function described(
  descriptions: Readonly<Record<string, string>>,
  types: Readonly<Record<string, TypeSchema>>,
): Properties {
  return Object.fromEntries(
    Object.entries(types).map(([name, type]) => [
      name,
      { ...type, description: required(descriptions, name) },
    ]),
  );
}

export function ref(packageName: string, name: string): TypeSchema {
  return { $ref: `#/types/${token(packageName, name)}` };
}

function token(packageName: string, name: string): string {
  return `${packageName}:index:${name}`;
}

function memberSchema({ type, values, comment }: DeliveryMember): PropertySchema {
  const among = values === undefined ? "" : ` One of ${values.map((value) => `\`${value}\``).join(", ")}.`;
  const schema = { string: text, boolean: flag, strings: texts, texts: mapOf(text) }[type];
  return { ...schema, description: `${comment}${among}` };
}

function required(descriptions: Readonly<Record<string, string>>, name: string): string {
  const description = descriptions[name];
  if (description === undefined) throw new TypeError(`The schema has no text for ${name}.`);
  return description;
}
