import { ApiKeysError } from "../../base/errors";
import { readDefinition } from "../../definition/registry";
import { type OwnPackage, packageName } from "./keyTypes";
import { version as ourVersion } from "./version";

/**
 * The package that a definition makes.
 *
 * @param version the one that a program's package has already. Default: the plugin's
 * @throws {ApiKeysError} INVALID_INPUT in a sentence
 */
export function packageOf(definition: unknown, version?: string): OwnPackage {
  const { name } = readDefinition(definition);
  if (name === packageName) {
    throw new ApiKeysError(
      "INVALID_INPUT",
      `A package cannot be called ${packageName}: give the service another name.`,
    );
  }
  return { name, version: version || ourVersion, definition };
}
