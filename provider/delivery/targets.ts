import type { StoreDefinition } from "./declared/definition";

/**
 * What a program says of a delivery, store by store. The schemas beside the stores judge the same at run time; their types
 * are checked against these.
 */

/** What every delivery may say. */
export interface CommonTarget {
  /** Name of the store's settings in `apikeys:stores`. Default: the store's own name. */
  readonly connection?: string | undefined;
  /** Whether what was written stays when the key or the delivery goes. Default: false, so that it is removed. */
  readonly leaveBehind?: boolean | undefined;
}

/** What is written, in a store whose secrets have fields: the value alone, or several parts of the key. */
export type NamedFields = (
  | {
      /** Field that holds the value. */
      readonly field: string;
      readonly fields?: undefined;
    }
  | {
      /** Name of a part of the key, such as `value`, `keyId` or `expiresAt`, by the field that holds it. */
      readonly fields: Readonly<Record<string, string>>;
      readonly field?: undefined;
    }
) & {
  /** Field that holds the value of the previous key while that is valid. Default: none. */
  readonly previous?: string | undefined;
};

/** The same where a secret may also be the value alone, without fields. */
export type WholeOrFields =
  | NamedFields
  | { readonly field?: undefined; readonly fields?: undefined; readonly previous?: undefined };

/** Only the value alone. */
export interface WholeValue {
  readonly field?: undefined;
  readonly fields?: undefined;
  readonly previous?: undefined;
}

/** A secret of HashiCorp Vault or OpenBao, KV version 2. */
export type VaultTarget = CommonTarget &
  NamedFields & {
    readonly store: "vault";
    /** Mount and path of the secret, such as `kv/ci/xentree`. */
    readonly path: string;
  };

/** A Secret of a Kubernetes cluster. */
export type KubernetesTarget = CommonTarget &
  NamedFields & {
    readonly store: "kubernetes";
    /** Default: the namespace of the context, else `default`. */
    readonly namespace?: string | undefined;
    /** Name of the Secret. Its fields are keys of its `data`. */
    readonly name: string;
    /** Type of the Secret, such as `kubernetes.io/basic-auth`. Default: that which it has, `Opaque` for a new one. */
    readonly type?: string | undefined;
    /** Context of the kubeconfig. Default: that of the settings, else the current one. */
    readonly context?: string | undefined;
  };

/** Secrets of GitHub Actions; each field is a secret. */
export type GitHubTarget = CommonTarget &
  NamedFields & {
    readonly store: "github";
  } & (
    | {
        /** Owner and name, such as `acme/app`. */
        readonly repository: string;
        /** Environment of the repository that has the secrets. Default: the repository itself. */
        readonly environment?: string | undefined;
        readonly organization?: undefined;
        readonly visibility?: undefined;
        readonly repositories?: undefined;
      }
    | {
        /** Name of the organization whose repositories share the secrets. */
        readonly organization: string;
        /** Which repositories: all, or those that are not public. Default: `private`. */
        readonly visibility?: "all" | "private" | undefined;
        /** Names of the repositories, without the owner, in the place of `visibility`. */
        readonly repositories?: readonly string[] | undefined;
        readonly repository?: undefined;
        readonly environment?: undefined;
      }
  );

/** CI/CD variables of GitLab; each field is a variable. */
export type GitLabTarget = CommonTarget &
  NamedFields & {
    readonly store: "gitlab";
    /** Environments whose jobs get the variables, such as `production` or `review/*`. Default: `*`, all of them. */
    readonly environmentScope?: string | undefined;
    /** Whether only jobs on protected branches and tags get the variables. Default: false. */
    readonly protected?: boolean | undefined;
    /** Whether a job gets the value itself, or the path of a file that has it. Default: `env_var`. */
    readonly variableType?: "env_var" | "file" | undefined;
  } & (
    | {
        /** Path of the project, such as `acme/shop`, or its id. */
        readonly project: string;
        readonly group?: undefined;
      }
    | {
        /** Path of the group, whose projects all get the variables, or its id. */
        readonly group: string;
        readonly project?: undefined;
      }
  ) &
  (
    | {
        /** Whether GitLab replaces the values in job logs. Default: true. */
        readonly masked?: boolean | undefined;
        readonly hidden?: false | undefined;
      }
    | {
        /** Whether GitLab shows the values to nobody, ever again, its maintainers included. Default: false. */
        readonly hidden: true;
        readonly masked?: true | undefined;
      }
  );

/** A file on the machine that runs `pulumi up`, readable by its owner alone. */
export type FileTarget = CommonTarget &
  NamedFields & {
    readonly store: "file";
    /** Path of the file; a relative one starts at the folder of `Pulumi.yaml`. */
    readonly path: string;
    /** Default: `json` for a name that ends so, else `dotenv`. */
    readonly format?: "dotenv" | "json" | undefined;
  };

/** A command that is given the value on its standard input. */
export type CommandTarget = CommonTarget &
  WholeValue & {
    readonly store: "command";
    /** Program and arguments that take the value. */
    readonly command: readonly string[];
    /** Program and arguments that remove what the first one took. Default: nothing is removed. */
    readonly remove?: readonly string[] | undefined;
  };

/** A place of a store that is declared as data; `defineStore` makes it. */
export type DeclaredTarget = CommonTarget &
  WholeOrFields & {
    readonly store: `http:${string}`;
    readonly definition: StoreDefinition;
    readonly [member: string]: unknown;
  };

/** A secret of AWS Secrets Manager: the value alone, or a JSON object with fields. */
export type AwsSecretsManagerTarget = CommonTarget &
  WholeOrFields & {
    readonly store: "aws-secrets-manager";
    /** Name or ARN of the secret. One that is named and does not exist is made. */
    readonly secret: string;
    /** Default: the region of an ARN, then that of the settings, of `AWS_REGION` and of the AWS profile. */
    readonly region?: string | undefined;
  };

/** A SecureString of the Parameter Store of AWS Systems Manager. */
export type AwsSsmParameterTarget = CommonTarget &
  WholeValue & {
    readonly store: "aws-ssm-parameter";
    /** Name of the parameter, such as `/ci/xentree`. */
    readonly parameter: string;
    /** Default: the region of the settings, of `AWS_REGION` and of the AWS profile. */
    readonly region?: string | undefined;
    /** KMS key that encrypts it: its id, ARN or alias. Default: the account's own for Systems Manager. Another one is used from the next version on. */
    readonly kmsKeyId?: string | undefined;
  };

/** A secret of Google Secret Manager: the value alone, or a JSON object with fields. */
export type GoogleSecretManagerTarget = CommonTarget &
  WholeOrFields & {
    readonly store: "google-secret-manager";
    /** Id of the project. */
    readonly project: string;
    /** Name of the secret in its project. One that does not exist is made, replicated as Google chooses. */
    readonly secret: string;
  };

/** A secret of Azure Key Vault: the value alone, or a JSON object with fields. */
export type AzureKeyVaultTarget = CommonTarget &
  WholeOrFields & {
    readonly store: "azure-key-vault";
    /** Address of the vault: `https://NAME.vault.azure.net`. */
    readonly vaultUrl: string;
    /** Name of the secret: letters, digits and hyphens. One that does not exist is made. */
    readonly secret: string;
  };

/** A place to which a key's value is taken, of a store that is built in. */
export type BuiltInTarget =
  | VaultTarget
  | KubernetesTarget
  | GitHubTarget
  | GitLabTarget
  | FileTarget
  | CommandTarget
  | AwsSecretsManagerTarget
  | AwsSsmParameterTarget
  | GoogleSecretManagerTarget
  | AzureKeyVaultTarget;
