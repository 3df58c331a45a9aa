import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand, type Spent } from "../../process/command.mts";
import { expiryOfKeys } from "../expiry.mts";
import type { Operation, Setting, Stack } from "../peer.mts";

const commands: Readonly<Record<Operation, readonly string[]>> = {
  up: ["apply", "-auto-approve"],
  unchanged: ["apply", "-auto-approve"],
  refresh: ["apply", "-refresh-only", "-auto-approve"],
  rotate: ["apply", "-auto-approve"],
  destroy: ["destroy", "-auto-approve"],
};

/** A Terraform configuration in a temporary folder, its state beside it. */
export class TerraformStack implements Stack {
  readonly #dir = mkdtempSync(join(tmpdir(), "pulumi-apikeys-bench-"));
  readonly #setting: Setting;
  readonly #env: NodeJS.ProcessEnv;
  #generation = 1;

  /** @param providerDir folder of the built provider */
  constructor(providerDir: string, setting: Setting) {
    this.#setting = setting;
    copyFileSync(join(import.meta.dirname, "main.tf"), join(this.#dir, "main.tf"));
    // Without it Terraform would ask a registry for the provider.
    const settings = join(this.#dir, "terraform.rc");
    const override = `dev_overrides {\n    "Mastercard/restapi" = ${JSON.stringify(providerDir)}\n  }\n  direct {}`;
    writeFileSync(settings, `provider_installation {\n  ${override}\n}\n`);
    const { vendor, keys } = setting;
    this.#env = {
      ...process.env,
      TF_CLI_CONFIG_FILE: settings,
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      NO_PROXY: "127.0.0.1,localhost",
      TF_VAR_keys: String(keys),
      TF_VAR_url: vendor.url,
      TF_VAR_token: vendor.token,
      TF_VAR_organization: vendor.organizationId,
      TF_VAR_expires_at: expiryOfKeys(),
    };
  }

  run(operation: Operation): Promise<Spent> {
    if (operation === "rotate") this.#generation++;
    return runCommand("terraform", [...commands[operation], "-input=false", "-no-color"], {
      cwd: this.#dir,
      env: { ...this.#env, TF_VAR_generation: String(this.#generation) },
      provider: "terraform-provider-restapi",
      timeoutMs: this.#setting.timeoutMs,
    });
  }

  async prepare(): Promise<void> {
    await this.run("up");
  }

  stateBytes(): number {
    return statSync(join(this.#dir, "terraform.tfstate")).size;
  }

  async remove(): Promise<void> {
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
