import { RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";

/**
 * Keeps secrets out of the debug log of the program that uses this package.
 *
 * The SDK logs the response to each registration as text, with all outputs, and secret ones in plain text. The log goes to
 * `--debug`, to logs from -v=6 on and into every event log. After this call the text names the resource and nothing else.
 */
export function keepValuesOutOfDebugLog(): void {
  RegisterResourceResponse.prototype.toString = function (this: RegisterResourceResponse): string {
    return `${this.getUrn()}, ${this.getId()}`;
  };
}
