import path from "node:path";
import { compileCache } from "../compileCache";
import { keyServiceEnvironment } from "./keyService";

export const repository = path.resolve(__dirname, "../../..");

/** Encrypts the secrets of recorded states, and of stacks that a test makes by itself. */
export const passphrase = "a passphrase of these tests";

/**
 * `NODE_OPTIONS` that load files of this folder, or of a whole path, into each Node.js of a run, after the one that
 * spares it what these tests do not need.
 */
export function preloading(...files: string[]): string {
  return ["lightStart.js", ...files].map((file) => `--require ${path.resolve(__dirname, file)}`).join(" ");
}

/**
 * The environment in which the CLI runs: the engine that the set-up found, the repository's Node, and nothing of
 * the user's own Pulumi, connections or CI.
 */
export function engineEnvironment(home: string, backend: string): NodeJS.ProcessEnv {
  const binDir = process.env.PULUMI_APIKEYS_ENGINE_BIN;
  if (!binDir) throw new Error("PULUMI_APIKEYS_ENGINE_BIN is not set: jest's globalSetup has not run.");
  const inherited = Object.entries(process.env).filter(([name]) =>
    /^(HOME|USER|LANG|TMPDIR|TEMP|TMP|SystemRoot|npm_config_.*)$/i.test(name),
  );
  const searchPath = [binDir, path.join(repository, "node_modules", ".bin"), process.env.PATH];
  return {
    ...Object.fromEntries(inherited),
    PATH: searchPath.join(path.delimiter),
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    ...keyServiceEnvironment(),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    NO_COLOR: "1",
    NODE_COMPILE_CACHE: compileCache,
    NODE_OPTIONS: preloading(),
    // Each command ends long before its memory has to be cleaned up.
    GOGC: "off",
    GOMEMLIMIT: "1GiB",
    // The compiler has checked the examples already.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  };
}
