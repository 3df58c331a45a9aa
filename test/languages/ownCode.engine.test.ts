import { copyFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../support/engine/environment";
import { liveKeys } from "../support/engine/vendors";
import { addDefinitions, connectionsOfDefined } from "../support/languages/definitions";
import { addPackages, useLanguage } from "../support/languages/languageStack";
import { describeIn } from "../support/languages/toolchains";

/** Programs with a key of each definition, whose names and fields are words of the languages. */
const programs = {
  python: {
    "Pulumi.yaml": "name: own\nruntime: python\n",
    "__main__.py": `
import os
import pulumi
import pulumi_acme as acme
import pulumi_api_keys as api_keys

ci = acme.ApiKey("ci", rate_limit=30)
odd = api_keys.ApiKey("odd", class_=os.environ["APPLICATION_ID"], type=["read"])
pulumi.export("rateLimit", ci.rate_limit)
pulumi.export("type", odd.type)
pulumi.export("class", odd.class_)
`,
  },
  go: {
    "Pulumi.yaml": "name: own\nruntime: go\n",
    "main.go": `package main

import (
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"pulumi-apikeys.example/acme/sdk/go/acme"
	"pulumi-apikeys.example/api-keys/sdk/go/apikeys"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		ci, err := acme.NewApiKey(ctx, "ci", &acme.ApiKeyArgs{RateLimit: pulumi.Int(30)})
		if err != nil {
			return err
		}
		odd, err := apikeys.NewApiKey(ctx, "odd", &apikeys.ApiKeyArgs{
			Class: pulumi.String(os.Getenv("APPLICATION_ID")),
			Type:  pulumi.ToStringArray([]string{"read"}),
		})
		if err != nil {
			return err
		}
		ctx.Export("rateLimit", ci.RateLimit)
		ctx.Export("type", odd.Type)
		ctx.Export("class", odd.Class)
		return nil
	})
}
`,
    "go.mod": `module own

go 1.24.7

require (
	github.com/pulumi/pulumi/sdk/v3 v3.210.0
	pulumi-apikeys.example/acme/sdk/go v0.0.0
	pulumi-apikeys.example/api-keys/sdk/go v0.0.0
)

replace (
	pulumi-apikeys.example/acme/sdk/go => ./sdks/acme
	pulumi-apikeys.example/api-keys/sdk/go => ./sdks/api-keys
)
`,
  },
} as const;

describe.each(["python", "go"] as const)("packages of two definitions in", (language) => {
  describeIn(language, language, () => {
    const at = useLanguage(language, (dir) => {
      addDefinitions(dir);
      for (const [name, text] of Object.entries(programs[language]))
        writeFileSync(path.join(dir, name), text);
      if (language === "python") return;
      // The sums of the example are those of all that the program needs.
      copyFileSync(path.join(repository, "examples/languages/go/go.sum"), path.join(dir, "go.sum"));
    });

    it("have code that works although their words are the language's own", async () => {
      const { applicationId } = at.sandbox.credentials.applications;
      at.stack.setEnv({
        ...connectionsOfDefined(at.sandbox),
        APPLICATION_ID: applicationId,
      });
      await addPackages(at.stack, language, ["acme", "api-keys"]);
      await at.stack.up("--skip-preview");
      expect(await at.stack.outputs()).toEqual({ rateLimit: 30, type: ["read"], class: applicationId });
      await at.stack.up("--skip-preview", "--expect-no-changes");
      await at.stack.destroy("--skip-preview");
      expect([liveKeys(at.sandbox, "xentree"), liveKeys(at.sandbox, "applications")]).toEqual([[], []]);
    });
  });
});
