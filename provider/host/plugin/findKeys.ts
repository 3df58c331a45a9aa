import { ApiKeysError } from "../../base/errors";
import { resolveService } from "../../definition/registry";
import { omit } from "../../json/members";
import { allKeys, fits, type KeyInfo, oneKey, placeOf, readLook } from "../../lookup";
import type { Bag } from "../engineProperties";
import type { Session } from "./session";

/**
 * What a function such as `apikeys:xentree:getApiKeys` returns: never a key's value.
 *
 * @throws {ApiKeysError} in a sentence, as look-ups in programs do
 */
export async function findKeys(session: Session, token: string, args: Bag): Promise<Bag> {
  const [pkg, module, name] = token.split(":");
  if (name !== "getApiKeys" && name !== "getApiKey") {
    throw new ApiKeysError(
      "INVALID_INPUT",
      `There is no function ${token}. There are getApiKey and getApiKeys.`,
    );
  }
  const named = session.keyType(`${pkg}:${module}:ApiKey`).toLifecycle(args);
  const definition = resolveService(named);
  const nowMs = Date.now();
  const asked = omit(named, "service", "definition");
  const look = readLook(definition, asked, name === "getApiKey" ? "one" : "many", nowMs);
  const place = placeOf(session.operation, definition, look.connection, look.pathParameters);
  const isGeneric = module === "index" && pkg === "apikeys";
  const shown = (key: KeyInfo): Bag => (isGeneric ? nested(key) : { ...key });
  if (name === "getApiKey") return shown(await oneKey(place, look.keyId, look.filter, nowMs));
  const keys = (await allKeys(place, nowMs)).filter((key) => fits(look.filter, key));
  return { keys: keys.map(shown) };
}

/** Without generated code, the service's own fields are in `fields`. */
function nested({ keyId, status, ...fields }: KeyInfo): Bag {
  return { keyId, status, fields };
}
