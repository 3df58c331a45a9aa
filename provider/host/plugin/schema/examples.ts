/** The example in the description of a key's type, in each language that has a tab in the registry. */
export function example(module: string): string {
  const { yaml, typescript, python, go } = programs[module] ?? {};
  const tab = (language: string, source: string | undefined) =>
    source === undefined ? "" : `\`\`\`${language}\n${source}\n\`\`\`\n`;
  return [
    "{{% examples %}}\n## Example Usage\n{{% example %}}\n",
    tab("yaml", yaml),
    tab("typescript", typescript),
    tab("python", python),
    tab("go", go),
    "{{% /example %}}\n{{% /examples %}}",
  ].join("\n");
}

interface Programs {
  readonly yaml?: string;
  readonly typescript?: string;
  readonly python?: string;
  readonly go?: string;
}

const programs: Readonly<Record<string, Programs>> = {
  xentree: {
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
  },
  applications: {
    yaml: `resources:
  billing:
    type: apikeys:applications:ApiKey
    properties:
      applicationId: 123e4567-e89b-12d3-a456-426614174000
      permissions: ["invoices:read"]
outputs:
  key: \${billing.value}`,
  },
  sendkit: {
    yaml: `resources:
  mail:
    type: apikeys:sendkit:ApiKey
    properties:
      workspaceId: ws_1
outputs:
  key: \${mail.value}`,
  },
  index: {
    yaml: `resources:
  report:
    type: apikeys:index:ApiKey
    properties:
      definition: { name: acme, baseUrl: "https://api.acme.example", path: /v1/api-keys }
      fields: { name: report }
outputs:
  key: \${report.value}`,
  },
};
