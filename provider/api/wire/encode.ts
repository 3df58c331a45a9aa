import { isDeepStrictEqual } from "node:util";
import { durationMs } from "../../base/time";
import type { FieldDefinition } from "../../definition/definition";
import type { InstantForm } from "../../definition/schema/field";
import { instantToWire } from "./instants";
import { listToWire } from "./lists";

type Inputs = Readonly<Record<string, unknown>>;

/**
 * What a request holds for a field, or undefined where it holds nothing.
 *
 * @param inputs all of them: a lifetime says what an expiry is made of
 */
export function toWireValue(name: string, field: FieldDefinition, inputs: Inputs, nowMs: number): unknown {
  if (name === "expiresAt" && field.lifetimes && inputs.expiresIn !== undefined) {
    const own = ownLifetime(field.lifetimes, inputs.expiresIn);
    if (own !== undefined) return own;
  }
  const given = inputs[name];
  if (given === undefined || given === null) return field.never;
  return quoted(field, encode(name, field, given, inputs, nowMs));
}

function encode(
  name: string,
  field: FieldDefinition,
  given: unknown,
  inputs: Inputs,
  nowMs: number,
): unknown {
  switch (field.type) {
    case "instant": {
      const lifetimeMs = name === "expiresAt" ? durationMs(inputs.expiresIn) : undefined;
      return instantToWire(String(given), (field.as?.request ?? "rfc3339") as InstantForm, nowMs, lifetimeMs);
    }
    case "strings":
      return listToWire(
        [given].flat().map((text) => valueToWire(field, text)),
        field,
      );
    default:
      return valueToWire(field, given);
  }
}

/** The vendor's own word for a lifetime; undefined where the form says it. */
function ownLifetime(lifetimes: ReadonlyMap<string, unknown>, expiresIn: unknown): unknown {
  const ms = durationMs(expiresIn);
  return [...lifetimes].find(([lifetime]) => durationMs(lifetime) === ms)?.[1];
}

function valueToWire({ values }: FieldDefinition, given: unknown): unknown {
  return values?.has(String(given)) ? values.get(String(given)) : given;
}

/** Ours for the vendor's own; what is none of the values stays as it is told. */
export function valueFromWire({ values }: FieldDefinition, told: unknown): unknown {
  if (!values) return told;
  const found =
    [...values].find(([, wire]) => isDeepStrictEqual(wire, told)) ??
    [...values].find(([, wire]) => isScalar(wire) && isScalar(told) && String(wire) === String(told));
  return found ? found[0] : told;
}

/** A number may come back as text. */
function isScalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function quoted(field: FieldDefinition, value: unknown): unknown {
  return field.quoted && typeof value === "number" ? String(value) : value;
}
