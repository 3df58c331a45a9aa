/** Programs with one key, in each language of the registry. */
export const sendkit = {
  yaml: `resources:
  mail:
    type: apikeys:sendkit:ApiKey
    properties:
      workspaceId: ws_production
outputs:
  key: \${mail.value}`,
  typescript: `import { sendkit } from "pulumi-apikeys/plugin";

const mail = new sendkit.ApiKey("mail", { workspaceId: "ws_production" });

export const key = mail.value;`,
  python: `import pulumi
import pulumi_apikeys as apikeys

mail = apikeys.sendkit.ApiKey("mail", workspace_id="ws_production")

pulumi.export("key", mail.value)`,
  go: `package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"pulumi-apikeys.example/apikeys/sdk/go/apikeys/sendkit"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		mail, err := sendkit.NewApiKey(ctx, "mail", &sendkit.ApiKeyArgs{
			WorkspaceId: pulumi.String("ws_production"),
		})
		if err != nil {
			return err
		}
		ctx.Export("key", mail.Value)
		return nil
	})
}`,
} as const;
