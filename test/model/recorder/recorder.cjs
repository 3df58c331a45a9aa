/**
 * Loaded with `node --require` into every Node.js process of a CLI run; in the dynamic provider's, it writes down each
 * call and its answer, one JSON line each, and lets one call end as the scenario says.
 *
 * APIKEYS_TRACE_FILE: where the lines go. APIKEYS_TRACE_FAULT: a `Fault` as JSON, or nothing.
 */
const { appendFileSync } = require("node:fs");
const path = require("node:path");

const { APIKEYS_TRACE_FILE: file, APIKEYS_TRACE_FAULT: fault } = process.env;
if (file !== undefined && process.argv[1]?.includes("dynamic-provider"))
  record(fault ? JSON.parse(fault) : null);

function record(fault) {
  let serial = 0;
  let skip = fault?.skip ?? 0;
  const provider = require(path.resolve(__dirname, "../../../dist/provider/host/dynamic.js"));
  for (const method of ["check", "diff", "create", "read", "update", "delete"]) {
    const real = provider[method];
    provider[method] = async (...args) => {
      const call = serial++;
      write({ call, method, args });
      const what = fault?.method === method && skip-- === 0 ? fault.what : undefined;
      try {
        if (what === "fails") throw new Error("The scenario has this call fail.");
        const answer = await real(...args);
        if (what) await strike(what, call, args, { id: args[0], ...answer });
        write({ call, answer: answer ?? {} });
        return answer;
      } catch (error) {
        write({ call, failed: true, answer: error.id && { id: error.id, outs: error.properties } });
        throw error;
      }
    };
  }
}

/** Synchronous, so that nothing is lost with a process that is killed. */
function write(line) {
  appendFileSync(file, `${JSON.stringify({ process: process.pid, ...line })}\n`);
}

async function strike(what, call, args, { id, outs }) {
  if (what === "provider is killed") process.kill(process.pid, "SIGKILL");
  if (what === "CLI is killed") write({ call, done: true });
  if (what !== "fails partially") await new Promise(() => {});
  throw Object.assign(new Error("The scenario has this call fail partially."), {
    id,
    properties: { ...outs, __provider: args.at(-1).__provider },
    reasons: ["It is a scenario."],
  });
}
