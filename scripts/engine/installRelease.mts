// The body of installRelease() in release.mts, run as a process. Arguments: folder, version.
const [root, version] = process.argv.slice(2);
const INSTALLER = "https://get.pulumi.com/install.sh";
const ANSWER_MS = 10_000;

try {
  if (!root || !version) throw new Error("a folder and a version are needed");
  // The Automation API would wait two minutes for a site behind a firewall.
  await fetch(INSTALLER, { method: "HEAD", signal: AbortSignal.timeout(ANSWER_MS) });
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/cmd.js");
  // It only prints and compares the version. The class that it asks for is semver's, which is no dependency here.
  type Version = NonNullable<NonNullable<Parameters<typeof PulumiCommand.install>[0]>["version"]>;
  await PulumiCommand.install({ root, version: version as unknown as Version });
} catch (error) {
  const { message, cause } = error as Error;
  const reason = cause instanceof Error ? cause.message : message;
  process.stderr.write(`${INSTALLER}: ${reason.split("\n")[0]}\n`);
  process.exitCode = 1;
}
