import type { StoreKind } from "./kind";

/** Each is loaded when a program first names it: a library of a store that nobody uses need not be there. */
const kinds: Readonly<Record<string, () => StoreKind>> = {
  vault: () => (require("./stores/vault") as typeof import("./stores/vault")).vault,
  file: () => (require("./stores/file") as typeof import("./stores/file")).file,
  command: () => (require("./stores/command") as typeof import("./stores/command")).command,
  "aws-secrets-manager": () =>
    (require("./stores/awsSecretsManager") as typeof import("./stores/awsSecretsManager")).awsSecretsManager,
  "aws-ssm-parameter": () =>
    (require("./stores/awsSsmParameter") as typeof import("./stores/awsSsmParameter")).awsSsmParameter,
  "google-secret-manager": () =>
    (require("./stores/googleSecretManager") as typeof import("./stores/googleSecretManager"))
      .googleSecretManager,
  "azure-key-vault": () =>
    (require("./stores/azureKeyVault") as typeof import("./stores/azureKeyVault")).azureKeyVault,
};

/** Names of the stores that are built in. */
export const storeNames: readonly string[] = Object.keys(kinds);

/** The kind of a name; undefined where none is built in. */
export function kindOf(name: string): StoreKind | undefined {
  return Object.hasOwn(kinds, name) ? kinds[name]?.() : undefined;
}
