// Xentree in a process of its own, so that it shares no event loop with what is measured. Argument: VendorSettings.
import { startSandbox } from "../../dist/sandbox/index.js";
import type { VendorAddress, VendorRequest, VendorSettings } from "./protocol.mts";
import { trafficOf } from "./traffic.mts";

const settings = JSON.parse(process.argv[2] ?? "") as VendorSettings;
const sandbox = await startSandbox({
  rateLimitPerSecond: settings.limitPerSecond ?? Number.POSITIVE_INFINITY,
});
delay(settings.latencyMs);

process.on("message", (request: VendorRequest) => {
  if (request.kind === "latency") {
    delay(request.latencyMs);
    process.send?.({});
    return;
  }
  const traffic = trafficOf(sandbox.journal.entries());
  sandbox.journal.clear();
  process.send?.(traffic);
});
process.on("disconnect", () => void sandbox.close());

const { token, organizationId } = sandbox.credentials.xentree;
process.send?.({ url: sandbox.url, token, organizationId } satisfies VendorAddress);

function delay(ms: number): void {
  sandbox.clearFaults();
  if (ms > 0) sandbox.inject({ times: Number.POSITIVE_INFINITY, action: { kind: "delay", ms } });
}
