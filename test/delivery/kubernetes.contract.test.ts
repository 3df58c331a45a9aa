import { readFileSync, writeFileSync } from "node:fs";
import { fingerprint } from "../../provider/base/fingerprint";
import { ConfiguredStores } from "../../provider/delivery/configuredStores";
import type { Written } from "../../provider/delivery/store";
import { closeAll } from "../support/http/loopback";
import { failure } from "../support/lifecycle/modelEngine";
import { describeOn } from "../support/stores/built";
import { startFaulty } from "../support/stores/faulty";
import { type Kubernetes, kubernetesPrograms, startKubernetes } from "../support/stores/kubernetes";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const written = (fields: Record<string, string>, receipt: Written["receipt"]): Written => ({
  fields: Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, fingerprint(text)])),
  receipt,
});

describeOn(kubernetesPrograms, "the store kubernetes, on a real kube-apiserver,", () => {
  let cluster: Kubernetes;
  beforeAll(async () => {
    cluster = await startKubernetes();
    await cluster.send("POST", "/api/v1/namespaces", { metadata: { name: "ci" } });
  });
  afterEach(closeAll);
  afterAll(() => cluster?.stop());

  const place = (name: string, more: object = { field: "token" }) => ({
    store: "kubernetes",
    namespace: "ci",
    name,
    ...more,
  });
  const open = (name: string, more?: object, kubeconfig = cluster.kubeconfig) =>
    new ConfiguredStores(undefined, { KUBECONFIG: kubeconfig, HOME: "/nowhere" }).open(place(name, more));
  const at = (name: string) => `/api/v1/namespaces/ci/secrets/${name}`;
  const read = (name: string) => cluster.read("ci", name);
  /** Somebody writes, as kubectl would. */
  const put = (name: string, data: Record<string, string | null>, manager = "kubectl-edit") => {
    const encoded = Object.entries(data).map(([key, text]) => [key, text === null ? null : base64(text)]);
    const body = { data: Object.fromEntries(encoded) };
    return cluster.send("PATCH", `${at(name)}?fieldManager=${manager}`, body, "application/merge-patch+json");
  };
  const createTheirs = (name: string, data: Record<string, string>, more: object = {}) =>
    cluster.send("POST", "/api/v1/namespaces/ci/secrets?fieldManager=kubectl-create", {
      metadata: { name },
      data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, base64(text)])),
      ...more,
    });
  const version = async (name: string) =>
    (await cluster.send("GET", at(name))).body.metadata.resourceVersion as string;

  it("makes the Secret, which can be read back, and leaves the fields of others alone", async () => {
    const store = await open("app");
    await store.probe();
    expect(await read("app")).toBeUndefined();
    const receipt = await store.write({ token: "canary-ü-1" }, undefined);
    expect(await read("app")).toEqual({ token: "canary-ü-1" });
    expect((await cluster.send("GET", at("app"))).body.type).toBe("Opaque");
    await put("app", { theirs: "1" });
    await store.write({ token: "canary-2" }, written({ token: "canary-ü-1" }, receipt));
    expect(await read("app")).toEqual({ theirs: "1", token: "canary-2" });
    expect(await store.read?.()).toEqual({ theirs: "1", token: "canary-2" });
  });

  it("writes a version for each value, and none for the same again, even where the receipt was lost", async () => {
    const store = await open("versions");
    const receipt = await store.write({ token: "canary-1" }, undefined);
    expect(receipt).toEqual({ resourceVersion: await version("versions") });
    expect(await (await open("versions")).write({ token: "canary-1" }, undefined)).toEqual(receipt);
    expect(await store.write({ token: "canary-1" }, written({ token: "canary-1" }, receipt))).toEqual(
      receipt,
    );
    expect(await store.write({ token: "canary-2" }, undefined)).not.toEqual(receipt);
  });

  it("keeps the previous value beside the new one, and takes it away when it has ended", async () => {
    const store = await open("overlap", { field: "token", previous: "token_previous" });
    const first = await store.write({ token: "canary-1" }, undefined);
    const both = { token: "canary-2", token_previous: "canary-1" };
    const second = await store.write(both, written({ token: "canary-1" }, first));
    expect(await read("overlap")).toEqual(both);
    await store.write({ token: null }, written(both, second));
    expect(await read("overlap")).toEqual({ token: "canary-2" });
  });

  it("takes out the fields that a changed program no longer names, unless somebody has changed them", async () => {
    const before = { token: "canary-1", id: "7", other: "8" };
    const fields = { token: "value", id: "keyId", other: "name" };
    const receipt = await (await open("fields", { fields })).write(before, undefined);
    await put("fields", { other: "theirs" });
    const store = await open("fields", { fields: { token: "value", expires: "expiresAt" } });
    await store.write({ token: null, expires: "2030" }, written(before, receipt));
    expect(await read("fields")).toEqual({ token: "canary-1", expires: "2030", other: "theirs" });
  });

  it("loses no field where several write to one Secret at once", async () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    await Promise.all(
      names.map(async (name) =>
        (await open("shared", { field: name })).write({ [name]: `canary-${name}` }, undefined),
      ),
    );
    const all = Object.fromEntries(names.map((name) => [name, `canary-${name}`]));
    expect(await read("shared")).toEqual(all);
    await Promise.all(
      names.map(async (name) =>
        (await open("shared", { field: name })).remove(written({ [name]: `canary-${name}` }, {})),
      ),
    );
    expect(await read("shared")).toBeUndefined();
  });

  it("does not take another's field unasked, and says whose it is", async () => {
    await createTheirs("theirs", { token: "theirs" });
    const error = await failure((await open("theirs")).write({ token: "canary-1" }, undefined));
    expect(error.code).toBe("DELIVERY_FAILED");
    expect(error.message).toMatch(
      /its field token belongs to kubectl-create\. Name another field, or remove/,
    );
    expect(error.message).not.toContain("canary");
    expect(await read("theirs")).toEqual({ token: "theirs" });
  });

  it("finds before there is a value that its field is another's, and not where it was ours or may hold the value", async () => {
    await createTheirs("taken", { token: "theirs", id: "theirs" });
    const store = await open("taken");
    expect((await failure(store.probe({ before: undefined }))).message).toMatch(/belongs to kubectl-create/);
    await store.probe({ before: written({ token: "canary-1" }, {}) });
    await store.probe();
    await (await open("taken", { fields: { id: "keyId" } })).probe({ before: undefined });
    expect(await read("taken")).toEqual({ token: "theirs", id: "theirs" });
  });

  it("takes back its own field from who has changed it", async () => {
    const store = await open("repaired");
    const ours = written({ token: "canary-1" }, await store.write({ token: "canary-1" }, undefined));
    await put("repaired", { token: "theirs" });
    expect(await store.look(ours)).toBe("changed");
    await store.write({ token: "canary-1" }, ours);
    expect(await read("repaired")).toEqual({ token: "canary-1" });
  });

  it("lets a successor with other fields take over the value's field", async () => {
    const old = await (await open("successor")).write({ token: "canary-1" }, undefined);
    const store = await open("successor", { fields: { token: "value", id: "keyId" } });
    await store.write({ token: "canary-2", id: "8" }, undefined);
    expect(await read("successor")).toEqual({ token: "canary-2", id: "8" });
    expect(await (await open("successor")).remove(written({ token: "canary-1" }, old))).toBe("changed");
    expect(await read("successor")).toEqual({ token: "canary-2", id: "8" });
  });

  it("tells what somebody changed or deleted from a change beside it", async () => {
    const store = await open("watched");
    const ours = written({ token: "canary-1" }, await store.write({ token: "canary-1" }, undefined));
    expect(await store.look(ours)).toBe("unchanged");
    await put("watched", { theirs: "1" });
    expect(await store.look(ours)).toBe("unchanged");
    await put("watched", { token: "theirs" });
    expect(await store.look(ours)).toBe("changed");
    await put("watched", { token: null });
    expect(await store.look(ours)).toBe("missing");
    await cluster.send("DELETE", at("watched"));
    expect(await store.look(ours)).toBe("missing");
    await store.write({ token: "canary-1" }, ours);
    expect(await read("watched")).toEqual({ token: "canary-1" });
  });

  it("removes the Secret that it made, once nobody else has anything in it", async () => {
    const store = await open("removed");
    const ours = written({ token: "canary-1" }, await store.write({ token: "canary-1" }, undefined));
    expect(await store.remove(ours)).toBe("unchanged");
    expect((await cluster.send("GET", at("removed"))).status).toBe(404);
    expect(await store.remove(ours)).toBe("missing");
  });

  it.each([
    ["has another field", async (name: string) => void (await put(name, { theirs: "1" })), { theirs: "1" }],
    ["has another's label", (name: string) => label(name), {}],
  ])("leaves a Secret that %s, without its own field", async (_, change, left) => {
    const name = `left-${Object.keys(left).length}`;
    const store = await open(name);
    const ours = written({ token: "canary-1" }, await store.write({ token: "canary-1" }, undefined));
    await change(name);
    expect(await store.remove(ours)).toBe("unchanged");
    expect(await read(name)).toEqual(left);
  });
  const label = async (name: string) => {
    const body = { metadata: { labels: { team: "theirs" } } };
    await cluster.send(
      "PATCH",
      `${at(name)}?fieldManager=kubectl-label`,
      body,
      "application/merge-patch+json",
    );
  };

  it("leaves a Secret that was there before, and a field that somebody has changed", async () => {
    await createTheirs("older", {});
    const store = await open("older", { fields: { token: "value", id: "keyId" } });
    const content = { token: "canary-1", id: "7" };
    const ours = written(content, await store.write(content, undefined));
    await put("older", { id: "theirs" });
    expect(await store.remove(ours)).toBe("changed");
    expect(await read("older")).toEqual({ id: "theirs" });
    await put("older", { id: null });
    await (await open("older")).remove(written({ token: "canary-1" }, {}));
    expect((await cluster.send("GET", at("older"))).status).toBe(200);
  });

  it("only empties the Secret where it may not delete it", async () => {
    await grant("emptier", ["get", "patch", "create"]);
    const store = await open("emptied", undefined, cluster.kubeconfigFor("developer"));
    await store.probe();
    const ours = written({ token: "canary-1" }, await store.write({ token: "canary-1" }, undefined));
    expect(await store.remove(ours)).toBe("unchanged");
    expect(await read("emptied")).toEqual({});
    await revoke("emptier");
  });

  it("makes a Secret of a type, and refuses the probe of one that has another", async () => {
    const type = "example.com/credentials";
    const store = await open("typed", { field: "password", type });
    await store.probe();
    const ours = written({ password: "canary-1" }, await store.write({ password: "canary-1" }, undefined));
    expect((await cluster.send("GET", at("typed"))).body.type).toBe(type);
    await put("typed", { theirs: "1" });
    await store.remove(ours);
    expect(await read("typed")).toEqual({ theirs: "1" });
    await createTheirs("opaque", { other: "1" });
    expect((await failure((await open("opaque", { field: "password", type })).probe())).message).toMatch(
      /HTTP 422: .*immutable/,
    );
  });

  it("says why a value was refused, without the value", async () => {
    const type = "kubernetes.io/dockerconfigjson";
    const store = await open("docker", { field: ".dockerconfigjson", type });
    await store.probe();
    const error = await failure(store.write({ ".dockerconfigjson": "canary-no-json" }, undefined));
    expect([error.code, error.message]).toEqual([
      "DELIVERY_FAILED",
      expect.stringMatching(/HTTP 422: .*redacted/),
    ]);
    expect(error.message).not.toMatch(/canary|Y2FuYXJ5/);
    expect(await read("docker")).toBeUndefined();
  });

  it("refuses the probe where the Secret is immutable, the namespace is missing or the user is unknown", async () => {
    await createTheirs("frozen", { other: "1" }, { immutable: true });
    expect((await failure((await open("frozen")).probe())).message).toMatch(/HTTP 422: .*immutable/);
    const elsewhere = await open("app", { field: "token", namespace: "nowhere" });
    expect((await failure(elsewhere.probe())).message).toMatch(/"nowhere" not found\. Create the namespace/);
    const stranger = await open("fresh", undefined, cluster.kubeconfigFor("canary-wrong-token"));
    const error = await failure(stranger.probe());
    expect([error.code, error.message]).toEqual([
      "DELIVERY_FAILED",
      expect.stringMatching(/HTTP 401: Unauthorized\. Check the credentials of the context/),
    ]);
    expect(error.message).not.toContain("canary");
    expect(await read("fresh")).toBeUndefined();
  });

  it.each([
    ["nothing", []],
    ["get", ["get"]],
    ["get and patch, but not create", ["get", "patch"]],
  ])("refuses the probe of a user who may %s, which costs no key", async (_, verbs) => {
    await grant("partial", verbs);
    const store = await open("forbidden", undefined, cluster.kubeconfigFor("developer"));
    expect((await failure(store.probe())).message).toMatch(
      /HTTP 403: .*forbidden.*Allow get, create, patch and delete of Secrets/,
    );
    await revoke("partial");
  });

  const rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/ci";
  const grant = async (name: string, verbs: readonly string[]) => {
    const rules = [{ apiGroups: [""], resources: ["secrets"], verbs }];
    await cluster.send("POST", `${rbac}/roles`, { metadata: { name }, ...(verbs.length > 0 && { rules }) });
    await cluster.send("POST", `${rbac}/rolebindings`, {
      metadata: { name },
      subjects: [{ kind: "User", name: "developer", apiGroup: "rbac.authorization.k8s.io" }],
      roleRef: { kind: "Role", name, apiGroup: "rbac.authorization.k8s.io" },
    });
    // The authorizer learns of a role a moment later.
    const review = {
      spec: {
        user: "developer",
        resourceAttributes: { namespace: "ci", verb: verbs.at(-1), resource: "secrets" },
      },
    };
    const isGranted = async () =>
      (await cluster.send("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", review)).body.status
        .allowed === true;
    while (verbs.length > 0 && !(await isGranted()));
  };
  const revoke = async (name: string) => {
    await cluster.send("DELETE", `${rbac}/rolebindings/${name}`);
    await cluster.send("DELETE", `${rbac}/roles/${name}`);
  };

  /** The administrator's kubeconfig with parts replaced. */
  const changedConfig = (name: string, clusterParts: object, user?: object) => {
    const config = JSON.parse(readFileSync(cluster.kubeconfig, "utf8"));
    Object.assign(config.clusters[0].cluster, clusterParts);
    if (user !== undefined) config.users[0].user = user;
    const file = `${cluster.kubeconfig}-${name}`;
    writeFileSync(file, JSON.stringify(config));
    return file;
  };

  it("writes again after an answer that was lost, and gives up on a cluster that is down with a sentence", async () => {
    const isWrite = (method: string, path: string) => method === "PATCH" && !path.includes("dryRun");
    const { url, caFile, fault } = await startFaulty(cluster.url, isWrite);
    const kubeconfig = changedConfig("faulty", { server: url, "certificate-authority": caFile });
    const store = await open("faulty", undefined, kubeconfig);
    await store.probe();
    fault.times = 1;
    const ours = written({ token: "canary-1" }, await store.write({ token: "canary-1" }, undefined));
    expect(await read("faulty")).toEqual({ token: "canary-1" });
    Object.assign(fault, { times: 99, status: 503 });
    const down = await failure(store.write({ token: "canary-2" }, ours));
    expect([down.code, down.message]).toEqual([
      "DELIVERY_FAILED",
      expect.stringMatching(/^Kubernetes did not write Secret ci\/faulty on .*: HTTP 503\./),
    ]);
    Object.assign(fault, { times: 99, status: undefined });
    const lost = await failure(store.write({ token: "canary-2" }, ours));
    expect(lost.code).toBe("DELIVERY_FAILED");
    expect(down.message + lost.message).not.toContain("canary");
    fault.times = 0;
    await store.write({ token: "canary-2" }, ours);
    expect(await read("faulty")).toEqual({ token: "canary-2" });
  });

  it("shows the client certificate of the kubeconfig", async () => {
    const { cert, key } = cluster.certificateFor("certified");
    const user = { "client-certificate-data": cert, "client-key-data": key };
    const store = await open("certified", undefined, changedConfig("certified", {}, user));
    expect((await failure(store.probe())).message).toMatch(/HTTP 403: .*User "certified" cannot get/);
  });

  it.each([
    ["insecure-skip-tls-verify", true],
    ["tls-server-name", "elsewhere"],
  ])("does not tell a key to whoever answers, as %s would", async (setting, value) => {
    const opening = open("app", undefined, changedConfig(setting, { [setting]: value }));
    expect((await failure(opening)).message).toContain(
      `context c has ${setting}, by which a key might be told`,
    );
  });

  it("takes kubeconfig and context from stack config, the namespace from the context, and credentials from a program", async () => {
    const config = JSON.parse(readFileSync(cluster.kubeconfig, "utf8"));
    const credential = {
      apiVersion: "client.authentication.k8s.io/v1",
      kind: "ExecCredential",
      status: { token: config.users[0].user.token },
    };
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1",
      command: process.execPath,
      args: ["-e", `console.log(${JSON.stringify(JSON.stringify(credential))})`],
      interactiveMode: "Never",
    };
    config.users.push({ name: "program", user: { exec } });
    config.contexts.push({ name: "other", context: { cluster: "c", user: "program", namespace: "ci" } });
    config["current-context"] = "gone";
    const file = `${cluster.kubeconfig}-exec`;
    writeFileSync(file, JSON.stringify(config));
    const stores = (context: string) =>
      new ConfiguredStores(JSON.stringify({ eu: { kubeconfig: file, context } }), { HOME: "/nowhere" });
    const target = { store: "kubernetes", connection: "eu", name: "configured", field: "token" };
    const store = await stores("other").open(target);
    expect(store.label).toMatch(/^Kubernetes Secret ci\/configured on 127\.0\.0\.1:\d+$/);
    await store.write({ token: "canary-1" }, undefined);
    expect(await read("configured")).toEqual({ token: "canary-1" });
    expect((await failure(stores("lost").open(target))).message).toMatch(/has no context lost/);
  });
});

describe("the store kubernetes, without a cluster,", () => {
  const target = { store: "kubernetes", name: "app", field: "token" };
  const problems = (more: object) =>
    new ConfiguredStores(undefined, {}).problems([{ ...target, ...more }], { valueInState: true });

  it("says where credentials come from when there are none", async () => {
    const error = await failure(new ConfiguredStores(undefined, { HOME: "/nowhere" }).open(target));
    expect(error.message).toMatch(/there is no kubeconfig, and this is no pod\. Set KUBECONFIG/);
  });

  it("judges names and fields before anything is asked", async () => {
    expect(await problems({})).toEqual([]);
    expect(await problems({ name: "App_1" })).toEqual([
      expect.stringMatching(/deliver\[0\]\.name must be the name/),
    ]);
    expect(await problems({ field: "a b" })).toEqual([
      expect.stringMatching(/has a field "a b", which cannot be a key of a Secret/),
    ]);
    expect(await problems({ labels: {} })).toEqual([expect.stringMatching(/"labels", which is nothing/)]);
  });
});
