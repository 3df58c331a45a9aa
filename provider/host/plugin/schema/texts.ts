// Made by `npm run docs` from the docstrings in sdk/, provider/definition/builtin and provider/delivery/targets.ts.

export const argumentTexts: Readonly<Record<string, string>> = {
  connection:
    "Named connection of `apikeys:connections` through which the key is managed. Default: the service's name.",
  rotation: "When and why the key is renewed. Default: never.",
  revokeWhenIdleFor:
    'For how long the key must not have been used before a replacement or `pulumi destroy` revokes it, such as "24h". The delete of one that was used within that time fails (KEY_IN_USE); `APIKEYS_REVOKE_USED` with the key\'s id revokes it all the same. It holds from the `pulumi up` on that sets it, and needs a vendor that tells when a key was last used. Default: it is revoked without a look at its use.',
  adopt:
    "The vendor's id of an existing key, to take it over instead of creating one. Default: a new key is created.",
  adoptValue:
    "Value of the key that `adopt` names, if you have it; kept as a secret. Default: the value stays unknown.",
  expiresIn:
    'Lifetime that begins with each new key: a whole number of s, m, h, d or w, such as "90d". The next `pulumi up` renews an expired key. At least `rotation.every` and `rotation.overlap` together. Excludes `expiresAt`. Default: the vendor\'s own.',
  deliver:
    "Places to which the provider takes the value, in the create or the rotation itself. A store that cannot be written fails it (DELIVERY_FAILED), and ends no key that a store still holds. Default: none.",
  valueInState:
    "Whether the state keeps the value. Without it, a new key that cannot be delivered is revoked, and there is no output `value`. Needs `deliver` or `encryptTo`. Default: true.",
  onLostDelivery:
    "What becomes of a delivery that somebody has changed or removed in its store, or that is new, where the state has no value to repair it with: `rotate` makes another key, as the plan shows; `fail` fails the preview. Default: `rotate`.",
  encryptTo:
    "Who can read the output `encryptedValue`: age recipients (`age1…`), or armored OpenPGP public keys. Default: nobody.",
};
export const rotationTexts: Readonly<Record<string, string>> = {
  every: 'Longest life of a key: a whole number of s, m, h, d or w, such as "30d". Default: no limit.',
  beforeExpiry:
    'How long before its expiry a key is renewed, such as "14d". Needs `expiresIn`, or a vendor that chooses the expiry. Shorter than `expiresIn`, and at least `overlap`. Default: the first `pulumi up` after the expiry renews the key.',
  overlap:
    'How long the previous key stays valid beside its successor, such as "7d". The renewal is then an update of this resource, and the first `pulumi up` or `destroy` after that time revokes the previous key. Shorter than `every`. Default: a renewal replaces the resource, and the same `pulumi up` revokes the old key at its end.',
  revokeWhenIdleFor:
    'For how long the previous key must not have been used before it is revoked at the end of its overlap, such as "24h". One that was used within that time is kept, with a warning, and is looked at again once it could have been idle for so long. Needs `overlap`, `overlapAtMost`, and a vendor that tells when a key was last used. A renewal of the current key revokes the previous one in any case. Default: it is revoked without a look at its use.',
  overlapAtMost:
    'After how long a previous key that is used is revoked in any case, from the renewal on, such as "30d". At least `overlap`, and at most `every`. Needs `revokeWhenIdleFor`. Default: none.',
  revokeNow:
    "Whether a renewal revokes the old key at once, before dependents are updated: for a key that leaked. It revokes a previous key too. Set it together with new `triggers`. Without `overlap` it changes nothing: the same `pulumi up` then revokes the old key after it has updated the dependents. Default: false.",
  warnBeforeExpiry:
    'How long before an expiry `pulumi preview`, `up` and `refresh` warn, such as "30d", or "off". They warn only where nothing renews the key in time. Default: "14d".',
  triggers:
    "Any values. When one changes, or the first are added, the next `pulumi up` makes a new key. Removing all of them renews nothing. Default: none.",
};
export const outputTexts: Readonly<Record<string, string>> = {
  keyId: "Vendor's id of the current key. The resource's `id` is the first key's and stays the same.",
  value:
    "The key itself, a secret. Absent with `valueInState: false`, and for an adopted key whose value was not given.",
  valueAvailable:
    "False for an adopted key whose value was not given; true for one whose value was; absent for any other.",
  fingerprint:
    "Truncated SHA-256 of the value, not secret: changes whenever the value does, and tells nothing about it.",
  status:
    "`active`, `revoked` or `expired`, as last seen; `rotated` if somebody gave the key another value at the vendor, so that the value in state no longer works.",
  origin: "Origin of the server that has the key, such as https://my.xentree.com.",
  dueAt: "When the key is next due for renewal. Absent where no date renews it.",
  generation:
    "How many keys this resource has had, this one included. Absent until `rotation.overlap` is first set; it stays afterwards.",
  previousKeyId: "Vendor's id of the previous key, while it is still valid.",
  previousValue: "The previous key itself, a secret, while it is still valid.",
  previousRevokeAt:
    "From when the next `pulumi up` revokes the previous key. `pulumi destroy` revokes it at any time.",
  delivered: "What became of each delivery, in no order. Absent where nothing is delivered.",
  encryptedValue:
    "The key itself for the recipients of `encryptTo`: armored text that anyone may see. Absent without recipients.",
  rotatedAt: "When the current key was created or taken over, by the clock of the machine that did it.",
};
export const deliveredTexts: Readonly<Record<string, string>> = {
  place: "The place as people call it, such as `Vault secret kv/ci/xentree`.",
  status:
    "`delivered`; `failed` if the store could not be written; `changed` or `missing` if a refresh found that somebody has changed or removed what was delivered. The next `pulumi up` repairs all but the first.",
  deliveredAt: "When it was delivered. RFC 3339. Absent where it never was.",
};
export const lookupTexts: Readonly<Record<string, string>> = {
  connection:
    "Named connection of `apikeys:connections` that sends the request. Default: the service's name.",
  active: "Whether the key works: it is neither revoked nor expired. Default: either.",
  name: "The key's exact name. Default: any.",
  prefix: "The beginning of what the vendor shows of the key's value. Default: any.",
  unusedSince:
    'Keys that nobody has used since a moment (RFC 3339), or for a duration, such as "90d". A key that was never used counts from its creation. Default: any.',
  expiringBefore:
    'Keys that expire before a moment (RFC 3339), or within a duration from now, such as "30d". Keys that have expired are among them. Default: any.',
};
export const fieldTexts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  xentree: {
    id: "The key's id at Xentree, a uuid.",
    name: "Name of the key. Default: the resource's name and seven random hex digits.",
    prefix: "The value's first characters, by which a key is recognised without knowing it.",
    tenantId: "The tenant that the key belongs to, a uuid.",
    userId: "The user who created the key, a uuid.",
    organizationId: "Organization that the key is limited to, a uuid. Default: none.",
    organizationName: "Name of that organization.",
    permissions: "What the key may do; order means nothing. Default: Xentree's own.",
    rateLimitPerMinute: "Requests a minute that the key may send. Default: Xentree's own.",
    expiresAt: "When the key stops working, RFC 3339. Default: never.",
    active: "False once the key was deactivated.",
    lastUsedAt: "When the key was last used, RFC 3339.",
    createdAt: "When the key was created, RFC 3339.",
    allowedIps: "Addresses or CIDR ranges that the key may be used from; order means nothing. Default: any.",
    value: "The key itself, shown once.",
  },
  applications: {
    applicationId: "Application that the key belongs to, a uuid.",
    id: "The key's id, a uuid.",
    name: "Name of the key. Default: the resource's name and seven random hex digits.",
    prefix: "The value's first characters, by which a key is recognised without knowing it.",
    permissions: "What the key may do; order means nothing. Default: the application's own.",
    expiresAt: "When the key stops working, RFC 3339. Default: never.",
    createdAt: "When the key was created, RFC 3339.",
    value: "The key itself, shown once.",
  },
  sendkit: {
    workspaceId: "Workspace whose key this is.",
    id: "The key's id.",
    name: "Name of the key. Default: the resource's name and seven random hex digits.",
    prefix: "The value's first characters, by which a key is recognised without knowing it.",
    createdAt: "When the key was created, RFC 3339.",
    value: "The key itself, shown once.",
  },
};
/** A member of a delivery, of whatever store. */
export interface DeliveryMember {
  readonly name: string;
  readonly type: "string" | "boolean" | "strings" | "texts";
  readonly values?: readonly string[];
  readonly comment: string;
}
export const deliveryMembers: readonly DeliveryMember[] = [
  {
    name: "connection",
    type: "string",
    comment: "Name of the store's settings in `apikeys:stores`. Default: the store's own name.",
  },
  {
    name: "leaveBehind",
    type: "boolean",
    comment:
      "Whether what was written stays when the key or the delivery goes. Default: false, so that it is removed.",
  },
  { name: "field", type: "string", comment: "Field that holds the value." },
  {
    name: "fields",
    type: "texts",
    comment:
      "Name of a part of the key, such as `value`, `keyId` or `expiresAt`, by the field that holds it.",
  },
  {
    name: "previous",
    type: "string",
    comment: "Field that holds the value of the previous key while that is valid. Default: none.",
  },
  {
    name: "path",
    type: "string",
    comment:
      "`vault`: Mount and path of the secret, such as `kv/ci/xentree`. `file`: Path of the file; a relative one starts at the folder of `Pulumi.yaml`.",
  },
  {
    name: "namespace",
    type: "string",
    comment: "`kubernetes`: Default: the namespace of the context, else `default`.",
  },
  {
    name: "name",
    type: "string",
    comment: "`kubernetes`: Name of the Secret. Its fields are keys of its `data`.",
  },
  {
    name: "type",
    type: "string",
    comment:
      "`kubernetes`: Type of the Secret, such as `kubernetes.io/basic-auth`. Default: that which it has, `Opaque` for a new one.",
  },
  {
    name: "context",
    type: "string",
    comment: "`kubernetes`: Context of the kubeconfig. Default: that of the settings, else the current one.",
  },
  { name: "repository", type: "string", comment: "`github`: Owner and name, such as `acme/app`." },
  {
    name: "environment",
    type: "string",
    comment: "`github`: Environment of the repository that has the secrets. Default: the repository itself.",
  },
  {
    name: "organization",
    type: "string",
    comment: "`github`: Name of the organization whose repositories share the secrets.",
  },
  {
    name: "visibility",
    type: "string",
    values: ["all", "private"],
    comment: "`github`: Which repositories: all, or those that are not public. Default: `private`.",
  },
  {
    name: "repositories",
    type: "strings",
    comment: "`github`: Names of the repositories, without the owner, in the place of `visibility`.",
  },
  {
    name: "environmentScope",
    type: "string",
    comment:
      "`gitlab`: Environments whose jobs get the variables, such as `production` or `review/*`. Default: `*`, all of them.",
  },
  {
    name: "protected",
    type: "boolean",
    comment: "`gitlab`: Whether only jobs on protected branches and tags get the variables. Default: false.",
  },
  {
    name: "variableType",
    type: "string",
    values: ["env_var", "file"],
    comment:
      "`gitlab`: Whether a job gets the value itself, or the path of a file that has it. Default: `env_var`.",
  },
  {
    name: "project",
    type: "string",
    comment:
      "`gitlab`: Path of the project, such as `acme/shop`, or its id. `google-secret-manager`: Id of the project.",
  },
  {
    name: "group",
    type: "string",
    comment: "`gitlab`: Path of the group, whose projects all get the variables, or its id.",
  },
  {
    name: "masked",
    type: "boolean",
    comment: "`gitlab`: Whether GitLab replaces the values in job logs. Default: true.",
  },
  {
    name: "hidden",
    type: "boolean",
    comment:
      "`gitlab`: Whether GitLab shows the values to nobody, ever again, its maintainers included. Default: false.",
  },
  {
    name: "format",
    type: "string",
    values: ["dotenv", "json"],
    comment: "`file`: Default: `json` for a name that ends so, else `dotenv`.",
  },
  { name: "command", type: "strings", comment: "`command`: Program and arguments that take the value." },
  {
    name: "remove",
    type: "strings",
    comment:
      "`command`: Program and arguments that remove what the first one took. Default: nothing is removed.",
  },
  {
    name: "secret",
    type: "string",
    comment:
      "`aws-secrets-manager`: Name or ARN of the secret. One that is named and does not exist is made. `google-secret-manager`: Name of the secret in its project. One that does not exist is made, replicated as Google chooses. `azure-key-vault`: Name of the secret: letters, digits and hyphens. One that does not exist is made.",
  },
  {
    name: "region",
    type: "string",
    comment:
      "`aws-secrets-manager`: Default: the region of an ARN, then that of the settings, of `AWS_REGION` and of the AWS profile. `aws-ssm-parameter`: Default: the region of the settings, of `AWS_REGION` and of the AWS profile.",
  },
  {
    name: "parameter",
    type: "string",
    comment: "`aws-ssm-parameter`: Name of the parameter, such as `/ci/xentree`.",
  },
  {
    name: "kmsKeyId",
    type: "string",
    comment:
      "`aws-ssm-parameter`: KMS key that encrypts it: its id, ARN or alias. Default: the account's own for Systems Manager. Another one is used from the next version on.",
  },
  {
    name: "vaultUrl",
    type: "string",
    comment: "`azure-key-vault`: Address of the vault: `https://NAME.vault.azure.net`.",
  },
];
