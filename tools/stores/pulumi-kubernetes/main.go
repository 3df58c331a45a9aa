// The main package of pulumi-kubernetes, whose own cannot be built from its module: two files that it embeds are made by
// its Makefile. Without them, an import and a conversion from Terraform fail; nothing else asks for them.
package main

import (
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

func main() { provider.Serve("kubernetes", version.Version, nil, nil) }
