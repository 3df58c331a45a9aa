// Reads package schemas and writes what Pulumi's own generators make of them, as `pulumi package gen-sdk` would where
// there are language hosts that can.
//
//	sdkgen check schema.json                       judges the schema as Pulumi's registry does
//	sdkgen gen schema.json folder language ...     writes folder/<language> for nodejs, python, go and dotnet
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"testing/fstest"

	dotnet "github.com/pulumi/pulumi/pkg/v3/codegen/dotnet"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

const tool = "pulumi-apikeys"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 2 && args[0] == "check" {
		_, err := load(args[1])
		return err
	}
	if len(args) < 4 || args[0] != "gen" {
		return fmt.Errorf("usage: sdkgen check schema.json | sdkgen gen schema.json folder language ...")
	}
	for _, language := range args[3:] {
		// Each generator changes the package that it is given.
		pkg, err := load(args[1])
		if err != nil {
			return err
		}
		files, err := generate(language, pkg)
		if err != nil {
			return fmt.Errorf("%s: %w", language, err)
		}
		if err := write(filepath.Join(args[2], language), files); err != nil {
			return err
		}
	}
	return nil
}

func load(file string) (*schema.Package, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, err
	}
	// The schema refers to no other package, and nothing has to be loaded for it.
	pkg, found, err := schema.BindSpec(spec, nil, schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	// A warning is somebody's mistake too.
	if len(found) > 0 {
		return nil, found
	}
	return pkg, nil
}

func generate(language string, pkg *schema.Package) (map[string][]byte, error) {
	switch language {
	case "nodejs":
		return nodejs.GeneratePackage(tool, pkg, nil, nil, pkg.Parameterization != nil, nil)
	case "python":
		return python.GeneratePackage(tool, pkg, nil, nil)
	case "go":
		return golang.GeneratePackage(tool, pkg, nil)
	case "dotnet":
		pkg.LogoURL = offlineLogo()
		return dotnet.GeneratePackage(tool, pkg, nil, nil)
	default:
		return nil, fmt.Errorf("there is no generator for it: there are nodejs, python, go and dotnet")
	}
}

// The generator for .NET fetches a picture for the package, of Pulumi's if it is told no other. Ours is a blank one, which
// needs no network.
func offlineLogo() string {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewAlpha(image.Rect(0, 0, 64, 64))); err != nil {
		panic(err)
	}
	folder := http.NewFileTransportFS(fstest.MapFS{"logo.png": {Data: picture.Bytes()}})
	http.DefaultTransport.(*http.Transport).RegisterProtocol("blank", folder)
	return "blank:///logo.png"
}

func write(folder string, files map[string][]byte) error {
	for name, text := range files {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
