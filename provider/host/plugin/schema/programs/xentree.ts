/** Programs with one key, in each language of the registry. */
export const xentree = {
  yaml: `resources:
  ci:
    type: apikeys:xentree:ApiKey
    properties:
      permissions: ["chat:read"]
      expiresIn: 90d
      rotation: { every: 30d, overlap: 7d }
outputs:
  key: \${ci.value}`,
  typescript: `import { xentree } from "pulumi-apikeys/plugin";

const ci = new xentree.ApiKey("ci", {
  permissions: ["chat:read"],
  expiresIn: "90d",
  rotation: { every: "30d", overlap: "7d" },
});

export const key = ci.value;`,
  python: `import pulumi
import pulumi_apikeys as apikeys

ci = apikeys.xentree.ApiKey("ci",
    permissions=["chat:read"],
    expires_in="90d",
    rotation={"every": "30d", "overlap": "7d"})

pulumi.export("key", ci.value)`,
  go: `package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"pulumi-apikeys.example/apikeys/sdk/go/apikeys"
	"pulumi-apikeys.example/apikeys/sdk/go/apikeys/xentree"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		ci, err := xentree.NewApiKey(ctx, "ci", &xentree.ApiKeyArgs{
			Permissions: pulumi.ToStringArray([]string{"chat:read"}),
			ExpiresIn:   pulumi.String("90d"),
			Rotation:    apikeys.RotationArgs{Every: pulumi.String("30d"), Overlap: pulumi.String("7d")},
		})
		if err != nil {
			return err
		}
		ctx.Export("key", ci.Value)
		return nil
	})
}`,
} as const;
