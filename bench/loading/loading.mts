import type { Log } from "../../scripts/engine/heartbeat.mts";
import type { Installation } from "../package/install.mts";
import type { Loading } from "../results.mts";
import { measureProviderProcess } from "./providerProcess.mts";
import { measureTypeCheck } from "./typeCheck.mts";

/** Measures what is the same for any number of keys. */
export async function measureLoading(installation: Installation, log: Log): Promise<Loading> {
  log("the provider process: loading its modules ...");
  const providerProcessMs = await measureProviderProcess(installation);
  log("a program: type-checking it ...");
  return { providerProcessMs, typeCheckMs: await measureTypeCheck(installation) };
}
