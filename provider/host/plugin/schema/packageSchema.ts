import { pluginDownloadURL } from "../../../base/pluginDownloadURL";
import { builtInNames, readDefinition, resolveService } from "../../../definition/registry";
import { type OwnPackage, packageName } from "../keyTypes";
import { version } from "../version";
import { example } from "./examples";
import { genericLookupSchemas, genericSchema, keySchema, lookupSchemas } from "./keySchema";
import { languages } from "./languages";
import { anything, mapOf, type Properties } from "./schemaTypes";
import { sharedTypes } from "./sharedTypes";

/** Settings of the provider, which the stack config may have in their place. */
const settings: Properties = {
  connections: {
    ...mapOf(anything),
    secret: true,
    description:
      "Named connections: where the requests go, and with which credentials. The environment goes first. Default: `apikeys:connections` of the stack config.",
  },
  stores: {
    ...mapOf(anything),
    secret: true,
    description:
      "Named settings of the stores to which values are delivered. Default: `apikeys:stores` of the stack config.",
  },
};

/** The schema of the package, or of one that a definition makes. It is a public contract: test/host/plugin holds it to its snapshot. */
export function packageSchema(own: OwnPackage | undefined): object {
  return own === undefined ? ourSchema() : ownSchema(own);
}

function ourSchema(): object {
  const services = builtInNames().map((name) => resolveService({ service: name }));
  const looks = services.map((definition) => lookupSchemas(packageName, definition.name, definition));
  const { inputProperties } = genericSchema(packageName, "");
  const { service, definition, fields } = inputProperties;
  const generic = genericLookupSchemas(packageName, { service, definition, fields } as Properties);
  return {
    name: packageName,
    displayName: "API keys",
    version,
    description: "API keys as declarative resources: created, rotated, watched and revoked by pulumi up.",
    ...about,
    config: { variables: settings },
    provider: {
      description: "Settings for the keys that name this provider.",
      inputProperties: settings,
      properties: settings,
    },
    types: {
      ...sharedTypes(packageName),
      ...Object.assign({}, ...[...looks, generic].map(({ types }) => types)),
    },
    resources: {
      ...Object.fromEntries(
        services.map((of) => [
          `${packageName}:${of.name}:ApiKey`,
          keySchema(packageName, of, example(of.name), []),
        ]),
      ),
      [`${packageName}:index:ApiKey`]: genericSchema(packageName, example("index")),
    },
    functions: Object.assign({}, ...[...looks, generic].map(({ functions }) => functions)),
    language: languages(packageName),
  };
}

function ownSchema({ name, version: ownVersion, definition }: OwnPackage): object {
  const service = readDefinition(definition);
  const { types, functions } = lookupSchemas(name, "index", service);
  return {
    name,
    version: ownVersion,
    description: `API keys of ${service.title}.`,
    ...about,
    config: {},
    provider: {
      description: "Settings for the keys that name this provider.",
      inputProperties: settings,
      properties: settings,
    },
    types: { ...sharedTypes(name), ...types },
    resources: {
      [`${name}:index:ApiKey`]: keySchema(name, service, "", [`${packageName}:index:ApiKey`]),
    },
    functions,
    language: languages(name),
    parameterization: {
      baseProvider: { name: packageName, version },
      parameter: Buffer.from(JSON.stringify(definition)).toString("base64"),
    },
  };
}

const about = {
  // Each generated package is one that can be installed from its folder, and has the version of its schema.
  meta: { supportPack: true },
  keywords: ["pulumi", "category/utility", "api-keys", "secrets", "rotation"],
  license: "Apache-2.0",
  publisher: "pulumi-apikeys",
  pluginDownloadURL,
};
