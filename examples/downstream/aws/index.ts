import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { xentree } from "pulumi-apikeys";

const key = new xentree.ApiKey("reports", {
  permissions: ["conversations:read"],
  expiresIn: "90d",
  // Executions that are under way keep the value that they have read.
  rotation: { every: "30d", overlap: "1d" },
});

const secret = new aws.secretsmanager.Secret("reports-xentree");
const version = new aws.secretsmanager.SecretVersion("reports-xentree", {
  secretId: secret.id,
  secretString: key.value,
});

const role = new aws.iam.Role("reports", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
const mayRead = new aws.iam.RolePolicy("reports-xentree", {
  role: role.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secret.arn }],
  }),
});

new aws.lambda.Function(
  "reports",
  {
    role: role.arn,
    runtime: "nodejs22.x",
    handler: "index.handler",
    code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.FileAsset("reports.mjs") }),
    environment: {
      variables: {
        // Where the value is, and not the value: Lambda shows its variables to whoever may look at the function.
        XENTREE_SECRET: secret.arn,
        // An environment keeps the value that it has read. Another fingerprint makes other environments.
        XENTREE_FINGERPRINT: key.fingerprint,
      },
    },
  },
  // An environment that started before the new version is there would read the old value, and keep it.
  { dependsOn: [version, mayRead] },
);

export const secretArn = secret.arn;
export const versionId = version.versionId;
export const renewedBy = key.dueAt;
