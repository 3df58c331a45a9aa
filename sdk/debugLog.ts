import path from "node:path";
import { RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";

type ResponseClass = typeof RegisterResourceResponse;

/** Where every copy of Pulumi's SDK has the class. */
const fileOfResponse = path.join("@pulumi", "pulumi", "proto", "resource_pb.js");

/**
 * Keeps secrets out of the debug log of the program that uses this package.
 *
 * The SDK logs the response to each registration as text, with all outputs, and secret ones in plain text. The log goes to
 * `--debug`, to logs from -v=6 on and into every event log. After this call the text names the resource and nothing else,
 * in every copy of the SDK that is loaded by then: a package that several projects share may bring one of its own.
 */
export function keepValuesOutOfDebugLog(): void {
  for (const { prototype } of responseClasses()) prototype.toString = nameOnly;
}

function nameOnly(this: RegisterResourceResponse): string {
  return `${this.getUrn()}, ${this.getId()}`;
}

function responseClasses(): ResponseClass[] {
  const loaded = Object.entries(require.cache).filter(([file]) => file.endsWith(fileOfResponse));
  const others = loaded.flatMap(
    ([, module]): ResponseClass[] => module?.exports.RegisterResourceResponse ?? [],
  );
  return [RegisterResourceResponse, ...others];
}
