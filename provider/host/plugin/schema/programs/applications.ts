/** Programs with one key, in each language of the registry. */
export const applications = {
  yaml: `resources:
  billing:
    type: apikeys:applications:ApiKey
    properties:
      applicationId: 123e4567-e89b-12d3-a456-426614174000
      permissions: ["invoices:read"]
outputs:
  key: \${billing.value}`,
  typescript: `import { applications } from "pulumi-apikeys/plugin";

const billing = new applications.ApiKey("billing", {
  applicationId: "123e4567-e89b-12d3-a456-426614174000",
  permissions: ["invoices:read"],
});

export const key = billing.value;`,
  python: `import pulumi
import pulumi_apikeys as apikeys

billing = apikeys.applications.ApiKey("billing",
    application_id="123e4567-e89b-12d3-a456-426614174000",
    permissions=["invoices:read"])

pulumi.export("key", billing.value)`,
  go: `package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"pulumi-apikeys.example/apikeys/sdk/go/apikeys/applications"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		billing, err := applications.NewApiKey(ctx, "billing", &applications.ApiKeyArgs{
			ApplicationId: pulumi.String("123e4567-e89b-12d3-a456-426614174000"),
			Permissions:   pulumi.ToStringArray([]string{"invoices:read"}),
		})
		if err != nil {
			return err
		}
		ctx.Export("key", billing.Value)
		return nil
	})
}`,
} as const;
