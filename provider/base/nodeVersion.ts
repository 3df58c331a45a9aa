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
