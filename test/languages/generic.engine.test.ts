import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Sandbox } from "../../sandbox";
import { liveKeys, requests, use, vendorCaseOf } from "../support/engine/vendors";
import { addDefinitions, connectionsOfDefined } from "../support/languages/definitions";
import { useLanguage } from "../support/languages/languageStack";
import { describeIn } from "../support/languages/toolchains";

const program = ({ credentials }: Sandbox, reason: string) => `
name: generic
runtime: yaml
variables:
  # A definition that several keys share, as text of a file.
  acme: { fn::readFile: ./acme.json }
  found:
    fn::invoke:
      function: apikeys:xentree:getApiKeys
      arguments: { name: somebody-elses }
  declared:
    fn::invoke:
      function: apikeys:index:getApiKeys
      arguments: { definition: "\${acme}", name: somebody-elses }
resources:
  ci:
    type: apikeys:ApiKey
    properties:
      definition: \${acme}
      fields: { rateLimit: 30 }
      rotation: { overlap: 1h, triggers: { reason: ${reason} } }
  inline:
    type: apikeys:ApiKey
    properties:
      definition:
        name: api-keys
        path: /api/v1/applications/{class}/api-keys
        pathParameters: { class: {} }
        fields:
          id: id
          type: { wire: permissions, type: strings, input: optional, set: true }
          value: key
      fields: { class: ${credentials.applications.applicationId}, type: [read] }
  builtIn:
    type: apikeys:ApiKey
    properties:
      service: sendkit
      fields: { workspaceId: ${credentials.sendkit.workspaceId} }
outputs:
  value: \${ci.value}
  rateLimit: \${ci.fields["rateLimit"]}
  createdAt: \${ci.fields["createdAt"]}
  type: \${inline.fields["type"]}
  found: \${found.keys}
  declared: \${declared.keys}
`;

describeIn("yaml", "keys of services that a YAML program declares itself", () => {
  const at = useLanguage("yaml", (dir) => {
    writeFileSync(path.join(dir, "Pulumi.yaml"), "name: generic\nruntime: yaml\n");
    addDefinitions(dir);
  });
  const write = (reason: string) =>
    writeFileSync(path.join(at.stack.dir, "Pulumi.yaml"), program(at.sandbox, reason));
  beforeAll(() => at.stack.setEnv(connectionsOfDefined(at.sandbox)));

  const findSomebodyElses = () => at.sandbox.keys("xentree").find(({ name }) => name === "somebody-elses");

  it("are made, with the service's own fields in `fields`", async () => {
    at.sandbox.createOutOfBand("xentree", { name: "somebody-elses" });
    write("first");
    await at.stack.up("--skip-preview");
    const { value, rateLimit, createdAt, type } = await at.stack.outputs({ showSecrets: true });
    expect([rateLimit, type, typeof createdAt]).toEqual([30, ["read"], "string"]);
    expect(await use(vendorCaseOf("xentree"), at.sandbox, value)).toBe(200);
    const live = (["xentree", "applications", "sendkit"] as const).map((vendor) =>
      liveKeys(at.sandbox, vendor),
    );
    expect(live.map(({ length }) => length)).toEqual([2, 1, 1]);
  });

  it("are found by functions, built-in ones by their names and declared ones in `fields`, without a value", async () => {
    const other = findSomebodyElses();
    const { found, declared } = await at.stack.outputs({ showSecrets: true });
    const told = { keyId: other?.id, status: "active" };
    expect(found).toEqual([expect.objectContaining({ ...told, name: "somebody-elses", permissions: [] })]);
    expect(declared).toEqual([{ ...told, fields: expect.objectContaining({ name: "somebody-elses" }) }]);
    expect(JSON.stringify([found, declared])).not.toContain(other?.value);
  });

  it("change nothing when the program runs again unchanged, and looks for keys anew", async () => {
    at.sandbox.journal.clear();
    await at.stack.up("--skip-preview", "--expect-no-changes");
    expect(new Set(requests(at.sandbox))).toEqual(new Set(["GET /api/admin/api-keys"]));
    await at.stack.refresh("--skip-preview", "--expect-no-changes");
  });

  it("are renewed beside the previous key", async () => {
    const { value: before } = await at.stack.outputs({ showSecrets: true });
    write("second");
    const { output } = await at.stack.up("--skip-preview");
    expect(output).toMatch(/1 updated\s+3 unchanged/);
    const { value: after } = await at.stack.outputs({ showSecrets: true });
    const statuses = [before, after].map((value) => use(vendorCaseOf("xentree"), at.sandbox, value));
    expect(await Promise.all(statuses)).toEqual([200, 200]);
  });

  it("are refused in a sentence that names the field in `fields` which the service has not", async () => {
    const file = path.join(at.stack.dir, "Pulumi.yaml");
    writeFileSync(file, program(at.sandbox, "second").replace("rateLimit: 30", "rateLimt: 30"));
    const { output } = await at.stack.pulumi(["preview"], { allowFailure: true });
    expect(output).toMatch(/rateLimt is no argument of an Acme key; did you mean rateLimit/);
  });

  it("become keys of the package that `pulumi package add` makes of their definition, without a request", async () => {
    const file = path.join(at.stack.dir, "Pulumi.yaml");
    writeFileSync(file, "name: generic\nruntime: yaml\n");
    await at.stack.pulumi(["package", "add", "apikeys", "./acme.json"]);
    const moved = program(at.sandbox, "second")
      .replace("\nname: generic\nruntime: yaml\n", readFileSync(file, "utf8"))
      .replace(
        /apikeys:ApiKey\n {4}properties:\n {6}definition: .*\n {6}fields: .*\n/,
        "acme:ApiKey\n    properties:\n      rateLimit: 30\n",
      )
      .replace(/fields\["(rateLimit|createdAt)"\]/g, "$1");
    writeFileSync(file, moved);
    at.sandbox.journal.clear();
    const { output } = await at.stack.up("--skip-preview");
    expect(output).toMatch(/Resources:\s+4 unchanged/);
    expect(requests(at.sandbox).filter((request) => !request.startsWith("GET"))).toEqual([]);
    expect((await at.stack.resource("ci")).type).toBe("acme:index:ApiKey");
  });

  it("are destroyed without the program, and nobody else's key with them", async () => {
    writeFileSync(path.join(at.stack.dir, "Pulumi.yaml"), "name: generic\nruntime: yaml\n");
    await at.stack.destroy("--skip-preview");
    expect(liveKeys(at.sandbox, "xentree")).toEqual([findSomebodyElses()?.id]);
  });
});
