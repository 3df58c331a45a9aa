/** The oldest Node.js that the HTTP client works with. */
const oldest = { major: 22, minor: 19 };

/** Why this Node.js cannot run the provider, as a sentence, or undefined when it can. */
export function nodeVersionProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return undefined;
  return (
    `pulumi-apikeys needs Node.js ${oldest.major}.${oldest.minor} or later, but this is ${version}. ` +
    "Put a later one first on PATH and run the same command again."
  );
}

/**
 * Why this process can send no request, as a sentence, or undefined when it can.
 *
 * @param versions as `process.versions` has them: Bun calls itself a Node.js, and says there which Bun it is
 */
export function sendingProblem({ bun }: Readonly<Record<string, string | undefined>>): string | undefined {
  if (bun === undefined) return undefined;
  return (
    `pulumi-apikeys cannot send requests in Bun, but this is Bun ${bun}, which lacks the HTTP client of Node.js. ` +
    "Run it with Node.js: for look-ups in a program set `runtime: nodejs` in Pulumi.yaml, for the command use " +
    "`npx pulumi-apikeys` instead of `bunx --bun`."
  );
}
