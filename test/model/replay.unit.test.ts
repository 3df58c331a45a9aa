import { Engine, type Outcome } from "../support/modelledEngine";
import { readRecordings } from "./recordings";
import { bagOf, originOf, Replay } from "./replay";
import type { Trace, TracedRun } from "./trace";

function run(engine: Engine, { run, preview, replace, program }: TracedRun): Promise<Outcome> {
  switch (run) {
    case "up":
      return engine.up(program === null ? {} : { ci: bagOf(program) }, {
        preview,
        replace: replace ? ["ci"] : [],
      });
    case "refresh":
      return engine.refresh({ preview });
    case "destroy":
      return engine.destroy();
  }
}

/** What the model does with the answers that the real engine got. */
async function replayed({ steps }: Trace): Promise<TracedRun[]> {
  let replay: Replay | undefined;
  const engine = new Engine(() => {
    if (!replay) throw new Error("The engine was started outside of a run.");
    return replay.start();
  });
  const runs: TracedRun[] = [];
  for (const step of steps) {
    replay = new Replay(step);
    const { ending } = await run(engine, step);
    const { resources, pending } = engine.state.read();
    runs.push({
      ...step,
      processes: replay.processes,
      ending,
      resources: resources.map(({ name: _, inputs, outputs, ...resource }) => ({
        ...resource,
        inputs: originOf(inputs),
        outputs: originOf(outputs),
      })),
      pending: pending.map(({ type, inputs }) => ({ type, inputs: originOf(inputs) })),
    });
  }
  return runs;
}

describe("the model of the engine makes the calls and keeps the state that the real one did:", () => {
  it.each(readRecordings())("$title ($vendor)", async (trace) => {
    expect(await replayed(trace)).toEqual(trace.steps);
  });
});
