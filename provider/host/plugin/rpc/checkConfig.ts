import { CheckFailure, type CheckRequest, CheckResponse } from "@pulumi/pulumi/proto/provider_pb";
import { engineUnknown } from "../../../base/unknown";
import { isObject, parsedObject } from "../../../json/members";
import { type Bag, secretMark } from "../../engineProperties";
import { received, structOf } from "../propertyStruct";
import { type Session, settings } from "../session";

/**
 * Judges the arguments of a provider. What the stack config says anyway is not kept: the state then holds no credential,
 * and a `refresh` or `destroy` without the program uses those of its own day. All others are secrets.
 */
export async function checkConfig(session: Session, request: CheckRequest): Promise<CheckResponse> {
  const { properties } = received(request.getNews());
  const response = new CheckResponse();
  const kept: Bag = {};
  for (const [name, value] of Object.entries(properties)) {
    if (!isSetting(name)) {
      kept[name] = value;
      continue;
    }
    if (same(value, session.configured(name))) continue;
    if (value !== engineUnknown && !isObject(typeof value === "string" ? parsedObject(value) : value)) {
      const failure = new CheckFailure();
      // With a property named, the engine would print its value.
      failure.setProperty("");
      failure.setReason(
        `${name} must be an object of named ${name}, such as { ${name === "stores" ? "vault" : "xentree"}: { … } }.`,
      );
      response.addFailures(failure);
    }
    kept[name] = value === engineUnknown ? value : { ...secretMark, value };
  }
  response.setInputs(structOf(kept));
  return response;
}

function isSetting(name: string): name is (typeof settings)[number] {
  return settings.some((setting) => setting === name);
}

function same(value: unknown, configured: string | undefined): boolean {
  if (configured === undefined) return false;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return (
    text === configured || JSON.stringify(parsedObject(text)) === JSON.stringify(parsedObject(configured))
  );
}
