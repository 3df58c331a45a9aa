import { formatSandboxHelp, type Sandbox, startSandbox } from "../sandbox";
import { type Command, CommandError, parseOptions, UsageError } from "./command";

/** A fixed port: the state records the origin of a key, so a restarted sandbox has to have the same address. */
const DEFAULT_PORT = 8787;

export const sandbox: Command = {
  summary: "plays all three vendors on this machine, so that you can try everything without an account",
  help: `Usage: pulumi-apikeys sandbox [--port <number>]

Plays Xentree, Applications and SendKit on this machine until you press Ctrl-C, and prints what to paste into the
shell that runs pulumi. Its keys open nothing, and are gone when it stops.

Options:
  --port <number>  the port on 127.0.0.1; 0 takes any free one. Default: ${DEFAULT_PORT}. Keep the same port, for the
                   stack records the address at which a key was created.
`,
  async run(args) {
    const { port } = parseOptions(args, { port: { type: "string" } }).options;
    const server = await start(port === undefined ? DEFAULT_PORT : portNumber(port));
    process.stdout.write(`${formatSandboxHelp(server)}\nPress Ctrl-C to stop.\n`);
    await stopRequest();
    await server.close();
    process.stdout.write("\nThe sandbox has stopped.\n");
  },
};

async function start(port: number): Promise<Sandbox> {
  try {
    return await startSandbox({ port });
  } catch (error) {
    const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    if (!(error instanceof Error) || cause?.syscall !== "listen") throw error;
    throw new CommandError(`${error.message} Choose another port: pulumi-apikeys sandbox --port <number>`);
  }
}

function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`--port is ${JSON.stringify(text)}, but has to be a number from 0 to 65535.`);
}

function stopRequest(): Promise<void> {
  return new Promise((resolve) => {
    // Once each: a second signal ends the process at once.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
}
