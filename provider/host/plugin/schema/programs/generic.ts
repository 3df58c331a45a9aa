/** Programs with one key of a service that they declare, in each language of the registry. */
export const generic = {
  yaml: `resources:
  report:
    type: apikeys:ApiKey
    properties:
      definition: { name: acme, baseUrl: "https://api.acme.example", path: /v1/api-keys }
      fields: { name: report }
outputs:
  key: \${report.value}`,
  typescript: `import { defineService } from "pulumi-apikeys/plugin";

const acme = defineService({ name: "acme", baseUrl: "https://api.acme.example", path: "/v1/api-keys" });

const report = new acme.ApiKey("report", { name: "report" });

export const key = report.value;`,
  python: `import pulumi
import pulumi_apikeys as apikeys

report = apikeys.ApiKey("report",
    definition={"name": "acme", "baseUrl": "https://api.acme.example", "path": "/v1/api-keys"},
    fields={"name": "report"})

pulumi.export("key", report.value)`,
  go: `package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"pulumi-apikeys.example/apikeys/sdk/go/apikeys"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		report, err := apikeys.NewApiKey(ctx, "report", &apikeys.ApiKeyArgs{
			Definition: pulumi.Map{
				"name":    pulumi.String("acme"),
				"baseUrl": pulumi.String("https://api.acme.example"),
				"path":    pulumi.String("/v1/api-keys"),
			},
			Fields: pulumi.Map{"name": pulumi.String("report")},
		})
		if err != nil {
			return err
		}
		ctx.Export("key", report.Value)
		return nil
	})
}`,
} as const;
