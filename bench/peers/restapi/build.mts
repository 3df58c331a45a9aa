import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cacheFolder } from "../../../scripts/engine/cache.mts";
import type { Log } from "../../../scripts/engine/heartbeat.mts";
import { withHeartbeat } from "../../../scripts/engine/heartbeat.mts";
import { executable, isExecutable, pathFolders } from "../../../scripts/engine/installation.mts";
import { TOOLS_DIR } from "../../../scripts/engine/pins.mts";
import { run } from "../../../scripts/engine/run.mts";
import { Unavailable } from "../../../scripts/engine/unavailable.mts";

const version = "1.20.0";
const timeoutMs = 10 * 60_000;

/**
 * The provider Mastercard/restapi, from the user's cache, or built from the Go modules pinned in tools/restapi.
 *
 * @returns its folder
 * @throws {Unavailable} Terraform is not on PATH, or the provider cannot be built
 */
export async function ensureRestapi(log: Log): Promise<string> {
  const found = await Promise.all(
    pathFolders().map((folder) => isExecutable(join(folder, executable("terraform")))),
  );
  if (!found.includes(true)) throw new Unavailable("terraform is not on PATH");
  const folder = join(dirname(cacheFolder()), "terraform-provider-restapi", version);
  const file = join(folder, executable("terraform-provider-restapi"));
  if (await isExecutable(file)) return folder;
  await mkdir(folder, { recursive: true });
  await withHeartbeat(log, `building Mastercard/restapi ${version} with Go`, () =>
    run(
      "go",
      ["build", "-ldflags", "-s -w", "-o", file, "github.com/Mastercard/terraform-provider-restapi"],
      {
        cwd: join(TOOLS_DIR, "restapi"),
        timeout: timeoutMs,
        env: {
          ...process.env,
          GOFLAGS: "-mod=readonly -buildvcs=false",
          GOWORK: "off",
          GOTOOLCHAIN: "local",
          CGO_ENABLED: "0",
        },
      },
    ),
  );
  return folder;
}
