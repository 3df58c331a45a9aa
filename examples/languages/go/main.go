package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
	"pulumi-apikeys.example/apikeys/sdk/go/apikeys"
	"pulumi-apikeys.example/apikeys/sdk/go/apikeys/applications"
	"pulumi-apikeys.example/apikeys/sdk/go/apikeys/xentree"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		settings := config.New(ctx, "")

		ci, err := xentree.NewApiKey(ctx, "ci", &xentree.ApiKeyArgs{
			Permissions: pulumi.ToStringArray([]string{"chat:read"}),
			ExpiresIn:   pulumi.String("90d"),
			Rotation: apikeys.RotationArgs{
				Every:    pulumi.String("30d"),
				Overlap:  pulumi.String("7d"),
				Triggers: pulumi.Map{"reason": pulumi.String(settings.Require("reason"))},
			},
		})
		if err != nil {
			return err
		}

		billing, err := applications.NewApiKey(ctx, "billing", &applications.ApiKeyArgs{
			ApplicationId: pulumi.String(settings.Require("applicationId")),
			Permissions:   pulumi.ToStringArray([]string{"invoices:read"}),
		})
		if err != nil {
			return err
		}

		ctx.Export("ciKeyId", ci.KeyId)
		ctx.Export("ciKey", ci.Value)
		ctx.Export("ciFingerprint", ci.Fingerprint)
		ctx.Export("billingKeyId", billing.KeyId)
		ctx.Export("billingKey", billing.Value)
		return nil
	})
}
