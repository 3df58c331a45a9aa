import { useStack } from "../support/engine/fixture";
import { describeOn } from "../support/stores/built";
import { type Kubernetes, kubernetesPrograms, startKubernetes } from "../support/stores/kubernetes";

const base64 = (text: string) => Buffer.from(text).toString("base64");

describeOn(kubernetesPrograms, "a field of a Kubernetes Secret that somebody else has", () => {
  const at = useStack("suite");
  let cluster: Kubernetes;

  const program = (fields: object) => `
    const { xentree } = require("pulumi-apikeys");
    new xentree.ApiKey("ci", {
      permissions: ["chat:read"],
      valueInState: false,
      deliver: [{ store: "kubernetes", name: "app", fields: ${JSON.stringify(fields)} }],
    });`;
  const up = (fields: object) => {
    at.stack.setProgram(program(fields));
    return at.stack.pulumi(["up", "--yes", "--skip-preview"], { allowFailure: true });
  };
  const values = () => at.sandbox.keys("xentree").flatMap(({ live, value }) => (live ? [value] : []));
  const field = async (name: string) => (await cluster.read("default", "app"))?.[name];

  beforeAll(async () => {
    cluster = await startKubernetes();
    at.stack.setEnv({ KUBECONFIG: cluster.kubeconfig });
    const theirs = { metadata: { name: "app" }, data: { theirs: base64("theirs") } };
    await cluster.send("POST", "/api/v1/namespaces/default/secrets?fieldManager=kubectl-create", theirs);
  });
  afterAll(() => cluster?.stop());

  it("costs no key", async () => {
    const { output } = await up({ theirs: "value" });
    expect(output).toMatch(/its field theirs belongs to kubectl-create/);
    expect([at.sandbox.keys("xentree"), await field("theirs")]).toEqual([[], "theirs"]);
  });

  it("is taken back by a key that replaces the one which they have overwritten", async () => {
    expect((await up({ token: "value" })).exitCode).toBe(0);
    const changed = { data: { token: base64("somebody's") } };
    const secret = "/api/v1/namespaces/default/secrets/app?fieldManager=kubectl-edit";
    await cluster.send("PATCH", secret, changed, "application/merge-patch+json");
    await at.stack.refresh();
    const [old] = values();
    expect(await up({ token: "value" })).toMatchObject({ exitCode: 0 });
    expect(values()).toEqual([await field("token")]);
    expect(values()).not.toEqual([old]);
  });
});
