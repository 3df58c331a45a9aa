import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";
import { preloading } from "../support/engine/environment";
import { filesBelow } from "../support/engine/leftTraces";
import { TestStack } from "../support/engine/stack";
import { connectionsOf } from "../support/engine/vendors";
import { closeAll } from "../support/http/loopback";
import { secretsIn } from "../support/secrets";
import { describeOn } from "../support/stores/built";
import { startGitHub } from "../support/stores/githubStandIn";
import { startGitLab } from "../support/stores/gitlabStandIn";
import { type Kubernetes, kubernetesPrograms, startKubernetes } from "../support/stores/kubernetes";

/** The redactor is off in all processes of these runs: each place has to be clean by itself. */
const withoutRedactor = { NODE_OPTIONS: preloading("withoutRedactor.js") };

const repository = "/repos/acme/app/actions/secrets";
const project = "/projects/acme%2Fshop";
const tokens = ["canary-token", "admin-token-of-these-tests"];

describeOn(kubernetesPrograms, "a key whose value only a cluster, GitHub and GitLab hold,", () => {
  let sandbox: Sandbox;
  let cluster: Kubernetes;
  let github: Awaited<ReturnType<typeof startGitHub>>;
  let gitlab: Awaited<ReturnType<typeof startGitLab>>;
  let stack: TestStack;
  let printed = "";

  const program = (version: number, fields = `{ token: "value", id: "keyId" }`) => `
    const { xentree } = require("pulumi-apikeys");
    new xentree.ApiKey("ci", {
      permissions: ["chat:read"],
      valueInState: false,
      deliver: [
        { store: "github", repository: "acme/app", field: "XENTREE_API_KEY" },
        { store: "kubernetes", name: "xentree", fields: ${fields}, previous: "token_previous" },
        { store: "gitlab", project: "acme/shop", field: "XENTREE_API_KEY", previous: "XENTREE_PREVIOUS" },
      ],
      rotation: { overlap: "7d", triggers: { version: ${version} } },
    });`;
  const run = async (name: string, ...args: string[]) => {
    const told = ["--event-log", path.join(stack.dir, `${name}.events.json`)];
    const logged = ["-v=9", "--logtostderr", `--tracing=file:${path.join(stack.dir, `${name}.trace`)}`];
    const { output, exitCode } = await stack.pulumi([...args, ...told, ...logged], { allowFailure: true });
    printed += output;
    return { output, exitCode };
  };
  const live = () => sandbox.keys("xentree").filter((key) => key.live);
  const secret = () => cluster.read("default", "xentree");
  const writes = () =>
    [...github.takeRequests(), ...gitlab.takeRequests()].filter((line) => !line.startsWith("GET"));

  beforeAll(async () => {
    [sandbox, cluster, github, gitlab] = await Promise.all([
      startSandbox(),
      startKubernetes(),
      startGitHub(),
      startGitLab(),
    ]);
    stack = await TestStack.create({
      program: program(1),
      env: {
        ...connectionsOf(sandbox),
        KUBECONFIG: cluster.kubeconfig,
        GITHUB_API_URL: github.url,
        GITHUB_TOKEN: "canary-token",
        CI_SERVER_URL: gitlab.url,
        GITLAB_TOKEN: "canary-token",
        PULUMI_DEBUG_COMMANDS: "true",
      },
    });
    const temporary = path.join(stack.dir, "temporary");
    mkdirSync(temporary);
    stack.setEnv({ ...withoutRedactor, TMPDIR: temporary });
  });
  afterAll(async () => {
    await stack?.remove();
    await Promise.all([sandbox?.close(), cluster?.stop(), closeAll()]);
  });

  it("is there with the value that the vendor showed once, by one write a store", async () => {
    expect((await run("create", "up", "--yes")).exitCode).toBe(0);
    const [key] = live();
    expect(await secret()).toEqual({ token: key?.value, id: key?.id });
    expect(github.values(repository)).toEqual({ XENTREE_API_KEY: key?.value });
    expect(gitlab.values(project)).toEqual({ XENTREE_API_KEY: key?.value });
    expect(writes()).toHaveLength(2);
  });

  it("is left alone by an unchanged program", async () => {
    expect((await run("same", "up", "--yes", "--expect-no-changes")).exitCode).toBe(0);
    expect([github.takeRequests(), gitlab.takeRequests()]).toEqual([[], []]);
  });

  it("is rotated with the previous value beside the new one, where the store shows it", async () => {
    const [old] = live();
    stack.setProgram(program(2));
    expect((await run("rotate", "up", "--yes")).exitCode).toBe(0);
    const key = live().find(({ id }) => id !== old?.id);
    expect(await secret()).toEqual({ token: key?.value, id: key?.id, token_previous: old?.value });
    expect(github.values(repository)).toEqual({ XENTREE_API_KEY: key?.value });
    expect(gitlab.values(project)).toEqual({ XENTREE_API_KEY: key?.value, XENTREE_PREVIOUS: old?.value });
    expect(writes()).toHaveLength(3);
    expect((await run("same-again", "up", "--yes", "--expect-no-changes")).exitCode).toBe(0);
  });

  it("loses a field that the program no longer names, and no other", async () => {
    const before = await secret();
    stack.setProgram(program(2, `{ token: "value" }`));
    expect((await run("fewer", "up", "--yes")).exitCode).toBe(0);
    expect(await secret()).toEqual({ token: before?.token, token_previous: before?.token_previous });
  });

  it("is missed by a refresh when somebody takes it away, and renewed by the next up", async () => {
    await cluster.send("DELETE", "/api/v1/namespaces/default/secrets/xentree");
    github.write(repository, "XENTREE_API_KEY", "theirs");
    const { output } = await run("refresh", "refresh", "--yes");
    expect(output).toMatch(/Kubernetes Secret default\/xentree on 127\.0\.0\.1:\d+ no longer holds the key/);
    expect(output).toMatch(/GitHub Actions of acme\/app was changed by somebody else/);
    expect((await run("repair", "up", "--yes")).exitCode).toBe(0);
    const value = live().at(-1)?.value;
    expect((await secret())?.token).toBe(value);
    expect(github.values(repository)).toEqual({ XENTREE_API_KEY: value });
    expect(gitlab.values(project)).toMatchObject({ XENTREE_API_KEY: value });
  });

  it("is gone from the stores when it is destroyed", async () => {
    expect((await run("destroy", "destroy", "--yes")).exitCode).toBe(0);
    expect([live(), await secret(), github.values(repository), gitlab.values(project)]).toEqual([
      [],
      undefined,
      {},
      {},
    ]);
  });

  it("was never in state, event log, output, log or trace, and neither were the stores' tokens", () => {
    const secrets = [...sandbox.keys("xentree").map(({ value }) => value), ...tokens];
    expect(secrets.length).toBeGreaterThan(4);
    expect(secretsIn(printed, secrets)).toEqual([]);
    const files = filesBelow(stack.dir).filter(({ file }) => !file.includes("node_modules"));
    expect(files.some(({ file }) => file.endsWith(".trace"))).toBe(true);
    const leaky = files.filter(({ text }) => secretsIn(text, secrets).length > 0);
    expect(leaky.map(({ file }) => file)).toEqual([]);
  });
});
