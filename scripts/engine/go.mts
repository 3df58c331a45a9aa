import { run } from "./run.mts";

interface GoOptions {
  /** Folder of the tools module in which Go runs. */
  readonly cwd: string;
  readonly timeout: number;
  /** Whether a C compiler may be used. */
  readonly cgo?: boolean;
  /** The toolchain that the proxy is to serve. Default: the machine's own. */
  readonly toolchain?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Runs Go on a tools module, and gives what it prints. */
export function runGo(
  args: string[],
  { cwd, timeout, cgo = false, toolchain = "local", signal }: GoOptions,
): Promise<string> {
  const { GOOS: _os, GOARCH: _arch, ...inherited } = process.env;
  return run("go", args, {
    cwd,
    timeout,
    signal,
    env: {
      ...inherited,
      // The machine's own flags (-mod=vendor, -tags) are for other projects. Version control stamps make the
      // build fail in a checkout that belongs to another user. Without paths in it, what is compiled serves other builds.
      GOFLAGS: "-mod=readonly -buildvcs=false -trimpath",
      GOWORK: "off",
      // A go.mod that needs a newer Go has to end in our message, and not in the download of a toolchain.
      GOTOOLCHAIN: toolchain,
      // Without cgo no C compiler is needed.
      CGO_ENABLED: cgo ? "1" : "0",
    },
  });
}
