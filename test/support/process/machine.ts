import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const repository = path.resolve(__dirname, "../../..");

export interface Ended {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  stderr(): string;
  ended: Promise<Ended>;
}

/** A machine with only the test's own programs on PATH, and with its own home and cache. */
export class Machine {
  readonly dir = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-machine-"));
  readonly bin = path.join(this.dir, "bin");
  readonly gate = path.join(this.dir, "gate");
  private readonly goLog = path.join(this.dir, "go.log");

  constructor() {
    mkdirSync(this.bin);
    writeFileSync(this.goLog, "");
  }

  /** Puts a shell script somewhere, by default on PATH; it can use builtins and absolute paths only. */
  script(name: string, body: string, folder = this.bin): void {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(path.join(folder, name), 0o755);
  }

  pulumi(version: string, folder = this.bin): void {
    this.script("pulumi", `echo v${version}`, folder);
    this.script("pulumi-language-nodejs", "", folder);
    this.script("pulumi-resource-pulumi-nodejs", "", folder);
  }

  /** A Go whose builds wait for the gate, and give a shell script that answers like the CLI. */
  go({ version = "1.99.0", builds = "3.210.0" } = {}): void {
    const dist = path.join(this.dir, "sdk", "nodejs", "dist");
    for (const name of ["pulumi-resource-pulumi-nodejs", "pulumi-analyzer-policy"])
      this.script(name, "", dist);
    this.script(
      "go",
      `echo "$$ $*" >> "${this.goLog}"
      case "$1" in
        version) echo "go version go${version} linux/amd64" ;;
        list) echo "${path.join(this.dir, "sdk")}" ;;
        build)
          while [ ! -e "${this.gate}" ]; do /bin/sleep 0.02; done
          while [ "$1" != -o ]; do shift; done
          printf '#!/bin/sh\\necho ${builds}\\n' > "$2"
          /bin/chmod +x "$2" ;;
      esac`,
    );
  }

  openGate(): void {
    writeFileSync(this.gate, "");
  }

  /** Process ids of the builds that Go was asked for. */
  builds(): number[] {
    const lines = readFileSync(this.goLog, "utf8").split("\n");
    return lines.filter((line) => / build /.test(line)).map((line) => Number.parseInt(line, 10));
  }

  /** Everything in the cache folder for engines. */
  cached(): string[] {
    return readdirSync(this.cacheFolder(), { recursive: true, encoding: "utf8" }).sort();
  }

  cacheFolder(): string {
    const caches = process.platform === "darwin" ? "Library/Caches" : "cache";
    const folder = path.join(this.dir, caches, "pulumi-apikeys", "engine");
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  start(env: Record<string, string> = {}): Running {
    const child = spawn(process.execPath, [path.join(repository, "scripts/engine/main.mts")], {
      env: {
        PATH: this.bin,
        HOME: this.dir,
        XDG_CACHE_HOME: path.join(this.dir, "cache"),
        // Nothing listens there: the release can't be downloaded, on whatever machine this runs.
        HTTPS_PROXY: "http://127.0.0.1:9",
        ...env,
      },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
    });
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
    });
    return { child, stderr: () => stderr, ended };
  }

  run(env?: Record<string, string>): Promise<Ended> {
    return this.start(env).ended;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Waits for something that has to happen sooner or later; the test's own timeout is the limit. */
export async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await sleep(20);
}
