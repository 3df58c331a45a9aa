import { RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";

/**
 * Keeps secrets out of the debug log of the program that uses this package.
 *
 * The SDK logs every answer to a registration as text, with all outputs, secret ones in the clear; the text goes to
 * `--debug`, to logs from -v=6 on and into every event log. The text now names the resource and nothing else.
 */
export function keepValuesOutOfDebugLog(): void {
  RegisterResourceResponse.prototype.toString = function (this: RegisterResourceResponse): string {
    return `${this.getUrn()}, ${this.getId()}`;
  };
}
