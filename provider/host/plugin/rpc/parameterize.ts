import { readFileSync } from "node:fs";
import { type ParameterizeRequest, ParameterizeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ApiKeysError, reasonOf } from "../../../base/errors";
import { parsedObject } from "../../../json/members";
import { packageOf } from "../packageOf";
import type { Session } from "../session";

/** Makes a package of a definition: of the file that `pulumi package add` names, or of what a program's package holds. */
export async function parameterize(
  session: Session,
  request: ParameterizeRequest,
): Promise<ParameterizeResponse> {
  const value = request.getValue();
  const text = value
    ? Buffer.from(value.getValue_asU8()).toString("utf8")
    : fileText(request.getArgs()?.getArgsList() ?? []);
  const definition = parsedObject(text);
  if (definition === undefined)
    throw invalid(
      "The definition is not JSON of a service. `npx pulumi-apikeys check` says what is wrong with one.",
    );
  const own = packageOf(definition, value?.getVersion());
  session.packages.set(own.name, own);
  const response = new ParameterizeResponse();
  response.setName(own.name);
  response.setVersion(own.version);
  return response;
}

function fileText(args: readonly string[]): string {
  const [file, ...rest] = args;
  if (file === undefined || rest.length > 0) {
    throw invalid("Give the file of one definition, such as: pulumi package add apikeys ./acme.json");
  }
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw invalid(`The definition ${file} cannot be read: ${reasonOf(error)}.`);
  }
}

function invalid(message: string): ApiKeysError {
  return new ApiKeysError("INVALID_INPUT", message);
}
