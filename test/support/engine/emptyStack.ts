import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { engineEnvironment } from "./environment";
import { secretsProvider } from "./keyService";

/** Texts of the files that `pulumi stack init` leaves, for a stack `organization/project/dev`. */
interface EmptyStack {
  /** `.pulumi/meta.yaml` of the backend. */
  readonly meta: string;
  /** The stack's state in the backend. */
  readonly state: string;
  /** `Pulumi.dev.yaml`, with the encrypted key of its secrets. */
  readonly settings: string;
}

const variable = "PULUMI_APIKEYS_EMPTY_STACK";
const recorded = { project: "project", name: "dev" };

/** Lets the CLI make one stack, and hands its files to all workers: to make each stack so takes a third of a second. */
export function recordEmptyStack(): void {
  const dir = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-empty-"));
  const folders = { home: path.join(dir, "home"), backend: path.join(dir, "state") };
  for (const folder of Object.values(folders)) mkdirSync(folder);
  writeFileSync(path.join(dir, "Pulumi.yaml"), `name: ${recorded.project}\nruntime: nodejs\n`);
  execFileSync(
    "pulumi",
    ["stack", "init", recorded.name, "--secrets-provider", secretsProvider, "--non-interactive"],
    {
      cwd: dir,
      env: engineEnvironment(folders.home, folders.backend),
      stdio: "pipe",
    },
  );
  const text = (...file: string[]) => readFileSync(path.join(dir, ...file), "utf8");
  const made: EmptyStack = {
    meta: text("state", ".pulumi", "meta.yaml"),
    state: text("state", ".pulumi", "stacks", recorded.project, `${recorded.name}.json`),
    settings: text(`Pulumi.${recorded.name}.yaml`),
  };
  process.env[variable] = JSON.stringify(made);
  rmSync(dir, { recursive: true });
}

/** Where an empty stack is put. */
export interface EmptyStackPlace {
  /** The folder that holds `Pulumi.yaml`. */
  readonly dir: string;
  readonly project: string;
  readonly name: string;
  /** Folder of the file backend. */
  readonly backend: string;
  /** Pulumi's home, which remembers which stack is selected. */
  readonly home: string;
}

/** Writes what `pulumi stack init` would have written, and selects the stack. */
export function writeEmptyStack({ dir, project, name, backend, home }: EmptyStackPlace): void {
  const text = process.env[variable];
  if (!text) throw new Error(`${variable} is not set: jest's globalSetup has not run.`);
  const { meta, state, settings }: EmptyStack = JSON.parse(text);
  const stack = `organization/${project}/${name}`;
  const settingsFile = path.join(dir, `Pulumi.${name}.yaml`);
  const own = existsSync(settingsFile) ? readFileSync(settingsFile, "utf8") : "";
  writeFileSync(settingsFile, settings + own);
  write(path.join(backend, ".pulumi", "meta.yaml"), meta);
  const checkpoint = JSON.parse(state);
  checkpoint.checkpoint.stack = stack;
  write(stateFileOf({ backend, project, name }), JSON.stringify(checkpoint, undefined, 4));
  // The CLI asks the system where it is, which answers without symbolic links.
  const projectFile = path.join(realpathSync(dir), "Pulumi.yaml");
  const projectHash = createHash("sha1").update(projectFile).digest("hex");
  write(path.join(home, "workspaces", `${project}-${projectHash}-workspace.json`), JSON.stringify({ stack }));
}

/** Where the file backend keeps a stack's state. */
export function stateFileOf({
  backend,
  project,
  name,
}: Pick<EmptyStackPlace, "backend" | "project" | "name">): string {
  return path.join(backend, ".pulumi", "stacks", project, `${name}.json`);
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
