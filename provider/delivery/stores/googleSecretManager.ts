import type { protos, SecretManagerServiceClient } from "@google-cloud/secret-manager";
import { z } from "zod";
import { ConflictError } from "../documentStore";
import { deliveryFailed, nonEmpty, type StoreKind, targetWithFields } from "../kind";
import type { Store } from "../store";
import type { GoogleSecretManagerTarget } from "../targets";
import { type TextSecret, textSecretStore } from "../textSecret";
import { inTurn, Turn } from "../turn";
import {
  askGoogle,
  type GoogleSettings,
  googleClient,
  googleFailure,
  googleSettings,
  isAlreadyThere,
  isNotFound,
  isPassing,
  pause,
  title,
} from "./googleClient";

type Version = protos.google.cloud.secretmanager.v1.ISecretVersion;

/** Tells the secrets that we made, and may remove, from those that we write to. */
const madeByUs = { "managed-by": "pulumi-apikeys" };

/**
 * A secret of Google Secret Manager. Each write is a version; of ours, the one before the latest stays enabled, and those
 * before that are destroyed: each costs money, and holds a key that is revoked.
 */
export const googleSecretManager: StoreKind<GoogleSecretManagerTarget, GoogleSettings> = {
  title,
  target: targetWithFields(
    {
      store: z.literal("google-secret-manager"),
      project: nonEmpty.regex(/^[^/]+$/, 'must be the id of a project, such as "ci-prod"'),
      secret: nonEmpty.regex(/^[\w-]{1,255}$/, "must be a name of letters, digits, - and _"),
    },
    true,
  ) as unknown as z.ZodType<GoogleSecretManagerTarget>,
  settings: googleSettings,
  readsBack: true,
  async open(target, surroundings) {
    const client = await surroundings.shared("client", () => googleClient(surroundings));
    const name = `projects/${target.project}/secrets/${target.secret}`;
    const secret = new GoogleSecret(client, name);
    // Google adds a version whatever was there before.
    const turn = surroundings.shared(`turn ${name}`, () => new Turn());
    return inTurn(withoutOldVersions(textSecretStore(target, secret), secret), turn);
  },
};

/** A store that notes which version it wrote before, and destroys what is older. */
function withoutOldVersions(store: Store, secret: GoogleSecret): Store {
  return {
    ...store,
    async write(content, before) {
      const { version = "" } = await store.write(content, before);
      const { version: last, previous } = before?.receipt ?? {};
      if (version === last) return { version, ...(previous !== undefined && { previous }) };
      if (previous !== undefined) await secret.destroyOld(String(previous));
      return { version, ...(last !== undefined && { previous: last }) };
    },
    async remove(written) {
      const look = await store.remove(written);
      const { previous } = written.receipt;
      if (previous !== undefined) await secret.destroyOld(String(previous));
      return look;
    },
  };
}

class GoogleSecret implements TextSecret {
  readonly label: string;
  readonly address: string;
  /** Number of the latest version when it was read. */
  #latest = 0;
  /** Number of a version that another has written while we wrote ours, which lacks what is new in it. */
  #overwritten: number | undefined;

  constructor(
    private readonly client: SecretManagerServiceClient,
    private readonly name: string,
  ) {
    this.label = `${title} secret ${name}`;
    this.address = this.label;
  }

  async probe(): Promise<void> {
    const permissions = ["add", "get", "access"].map((act) => `secretmanager.versions.${act}`);
    const [{ permissions: given = [] }] = await this.#ask("look at", "secretmanager.versions.add", () =>
      this.client.testIamPermissions({ resource: this.name, permissions }),
    );
    const missing = permissions.filter((permission) => !given?.includes(permission));
    // Of a secret that is not there nothing is permitted.
    if (missing.length === 0 || !(await this.#exists())) return;
    throw deliveryFailed(`${this.label} cannot be written. Allow ${missing.join(", ")} there.`);
  }

  async read() {
    const version = await this.version();
    if (version === undefined) return undefined;
    const name = this.#versionName(this.#overwritten ?? this.#latest);
    const [{ payload }] = await this.#ask("read", "secretmanager.versions.access", () =>
      this.client.accessSecretVersion({ name }),
    );
    return { text: Buffer.from((payload?.data ?? "") as Uint8Array).toString("utf8"), version };
  }

  async version(): Promise<string | undefined> {
    const latest = await this.#version("latest");
    this.#latest = latest?.number ?? 0;
    return latest?.isEnabled ? latest.id : undefined;
  }

  async replace(text: string): Promise<string> {
    const added = await this.#add(text);
    const { number, id } = versionOf(added);
    const before = this.#latest;
    this.#overwritten = undefined;
    if (number > before + 1) {
      this.#overwritten = number - 1;
      throw new ConflictError();
    }
    return id;
  }

  async #add(text: string): Promise<Version> {
    const payload = { data: Buffer.from(text, "utf8") };
    for (let done = 0; ; done++) {
      try {
        const [added] = await askGoogle(
          () => this.client.addSecretVersion({ parent: this.name, payload }),
          0,
        );
        return added;
      } catch (error) {
        if (isNotFound(error) && done === 0) await this.#create();
        else if (isPassing(error) && done < 3) await pause(done);
        else throw this.#failure("write", "secretmanager.versions.add", error);
        // Its answer may be what was lost: what is there now has to be read.
        if (((await this.#version("latest"))?.number ?? 0) > this.#latest) throw new ConflictError();
      }
    }
  }

  async #create(): Promise<void> {
    const [, parent = "", secretId = ""] = /^(.*)\/secrets\/(.*)$/.exec(this.name) ?? [];
    try {
      const secret = { replication: { automatic: {} }, labels: madeByUs };
      await askGoogle(() => this.client.createSecret({ parent, secretId, secret }));
    } catch (error) {
      if (isAlreadyThere(error)) throw new ConflictError();
      throw this.#failure("create", "secretmanager.secrets.create", error);
    }
  }

  async erase(there: string): Promise<void> {
    if ((await this.version()) !== there) throw new ConflictError();
    const secret = await this.#secret();
    if (secret !== undefined && secret.labels?.["managed-by"] === madeByUs["managed-by"]) {
      await this.#ask("delete", "secretmanager.secrets.delete", () =>
        this.client.deleteSecret({ name: this.name, ...(secret.etag && { etag: secret.etag }) }),
      );
    } else {
      await this.#ask("remove the key from", "secretmanager.versions.destroy", () =>
        this.client.destroySecretVersion({ name: this.#versionName(this.#latest) }),
      );
    }
  }

  /** Destroys a version that we wrote, if that is allowed: the key in it is not in use any more. */
  async destroyOld(id: string): Promise<void> {
    const number = Number.parseInt(id, 10);
    try {
      const there = await this.#version(number);
      if (there?.id === id && there.isEnabled) {
        await this.client.destroySecretVersion({ name: this.#versionName(number) });
      }
    } catch {
      // What counts is done.
    }
  }

  async #exists(): Promise<boolean> {
    return (await this.#secret()) !== undefined;
  }

  async #secret() {
    try {
      const [secret] = await askGoogle(() => this.client.getSecret({ name: this.name }));
      return secret;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw this.#failure("look at", "secretmanager.secrets.get", error);
    }
  }

  async #version(number: number | "latest") {
    try {
      const [there] = await askGoogle(() =>
        this.client.getSecretVersion({ name: this.#versionName(number) }),
      );
      return versionOf(there);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw this.#failure("look at", "secretmanager.versions.get", error);
    }
  }

  #versionName(number: number | "latest"): string {
    return `${this.name}/versions/${number}`;
  }

  async #ask<T>(act: string, permission: string, send: () => Promise<T>): Promise<T> {
    try {
      return await askGoogle(send);
    } catch (error) {
      throw this.#failure(act, permission, error);
    }
  }

  #failure(act: string, permission: string, error: unknown) {
    return googleFailure(`${act} secret ${this.name}`, permission, error);
  }
}

/** A version with an id that no other ever has: a secret that is deleted and made anew counts from 1 again. */
function versionOf({ name, createTime, state }: Version) {
  const number = Number(name?.split("/").at(-1));
  return {
    number,
    id: `${number} ${createTime?.seconds}.${createTime?.nanos}`,
    isEnabled: state === "ENABLED",
  };
}
