import type { StoreKind } from "./kind";
import type { Target } from "./store";

/** Each is loaded when a program first names it: a library of a store that nobody uses need not be there. */
const kinds: Readonly<Record<string, () => StoreKind>> = {
  vault: () => (require("./stores/vault") as typeof import("./stores/vault")).vault,
  kubernetes: () => (require("./stores/kubernetes") as typeof import("./stores/kubernetes")).kubernetes,
  github: () => (require("./stores/github") as typeof import("./stores/github")).github,
  gitlab: () => (require("./stores/gitlab") as typeof import("./stores/gitlab")).gitlab,
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

/** The kind of a target's store; undefined where there is none of that name. */
export function kindOf(target: Target): StoreKind | undefined {
  const { store } = target;
  if (store.startsWith("http:")) {
    return (require("./declared/kind") as typeof import("./declared/kind")).declaredKind(target);
  }
  return Object.hasOwn(kinds, store) ? kinds[store]?.() : undefined;
}
