import { type Sandbox, startSandbox } from "../../sandbox";
import { exampleProject } from "../support/engine/exampleProject";
import { TestStack } from "../support/engine/stack";
import { letPass } from "../support/engine/timeTravel";
import { connectionsOf, use, vendorCaseOf } from "../support/engine/vendors";
import { describeOn } from "../support/stores/built";
import { type Kubernetes, startKubernetes } from "../support/stores/kubernetes";
import { installPulumiKubernetes, pulumiKubernetes } from "../support/stores/pulumiKubernetes";

const xentree = vendorCaseOf("xentree");
const dayMs = 86_400_000;
const deploymentAt = "/apis/apps/v1/namespaces/default/deployments/reports";

describeOn(pulumiKubernetes, "examples/downstream/kubernetes, by the official provider on a cluster,", () => {
  let sandbox: Sandbox;
  let cluster: Kubernetes;
  let stack: TestStack;

  const live = () => sandbox.keys("xentree").filter((key) => key.live);
  const secret = () => cluster.read("default", "reports-xentree");
  const identityOf = async (at: string) => (await cluster.send("GET", at)).body.metadata.uid;
  const identities = () =>
    Promise.all([identityOf(deploymentAt), identityOf("/api/v1/namespaces/default/secrets/reports-xentree")]);
  const rolledOut = async () => {
    const { body } = await cluster.send("GET", deploymentAt);
    return {
      fingerprint: body.spec.template.metadata.annotations["pulumi-apikeys/fingerprint"],
      generation: body.metadata.generation,
    };
  };

  beforeAll(async () => {
    // What the official provider deletes, it awaits.
    [sandbox, cluster] = await Promise.all([startSandbox(), startKubernetes({ collectsGarbage: true })]);
    stack = await TestStack.create({
      program: exampleProject("downstream/kubernetes", "index.ts"),
      env: { ...connectionsOf(sandbox), KUBECONFIG: cluster.kubeconfig },
    });
    installPulumiKubernetes(String(stack.env.PULUMI_HOME));
    // The cluster has no nodes, on which a pod could become ready.
    await stack.setConfig({ "apikeys-kubernetes:replicas": "0" }, "plaintext");
  });
  afterAll(async () => {
    await stack?.remove();
    await Promise.all([sandbox?.close(), cluster?.stop()]);
  });

  it("puts the live key's value into the Secret, and its fingerprint on the pods", async () => {
    await stack.up("--skip-preview");
    const [key, ...others] = live();
    expect(others).toEqual([]);
    expect(await secret()).toEqual({ token: key?.value });
    const { fingerprint } = await stack.outputs();
    expect(await rolledOut()).toEqual({ fingerprint, generation: 1 });
  });

  it("makes the pods only where the Secret has the value", async () => {
    const { resources } = (await stack.exportState()).deployment;
    const [made, waiting] = ["kubernetes:core/v1:Secret", "kubernetes:apps/v1:Deployment"].map((type) =>
      resources.find((resource) => resource.type === type),
    );
    expect(waiting?.dependencies).toContain(made?.urn);
  });

  it("changes nothing in a second up", async () => {
    await stack.up("--expect-no-changes");
    expect((await rolledOut()).generation).toBe(1);
  });

  it("writes the next value into the same Secret and rolls the pods out, while the old key still works", async () => {
    const [old] = live();
    const [before, { fingerprint: replaced }] = [await identities(), await rolledOut()];
    await letPass(stack, 30 * dayMs);
    await stack.up("--skip-preview");
    const key = live().find(({ id }) => id !== old?.id);
    expect(await secret()).toEqual({ token: key?.value });
    const { fingerprint } = await stack.outputs();
    expect(fingerprint).not.toBe(replaced);
    expect(await rolledOut()).toEqual({ fingerprint, generation: 2 });
    expect(await identities()).toEqual(before);
    for (const { value } of live()) expect(await use(xentree, sandbox, value)).toBe(200);
    expect(live()).toHaveLength(2);
  });

  it("revokes the old key a week later, and leaves Secret and pods alone", async () => {
    await letPass(stack, 7 * dayMs);
    await stack.up("--skip-preview");
    expect(await secret()).toEqual({ token: live()[0]?.value });
    expect(live()).toHaveLength(1);
    expect((await rolledOut()).generation).toBe(2);
  });

  it("leaves nothing behind a destroy", async () => {
    await stack.destroy("--skip-preview");
    expect(live()).toEqual([]);
    expect(await secret()).toBeUndefined();
    expect((await cluster.send("GET", deploymentAt)).status).toBe(404);
  });
});
