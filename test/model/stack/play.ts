import { day } from "../../support/lifecycle/world";
import type { Outcome } from "../../support/modelledEngine";
import type { State } from "../../support/modelledEngine/stateFile";
import { betweenMs, edit, end, issue, spoil, use } from "./people";
import { recover } from "./recover";
import { argumentsOf } from "./service";
import type { Stack } from "./stack";
import type { Step } from "./step";

/** A step that was taken, and the state on both sides of it. */
export interface Played {
  readonly step: Step;
  readonly before: State;
  readonly after: State;
  /** Of a command of the CLI. */
  readonly outcome: Outcome | undefined;
}

export async function play(stack: Stack, step: Step): Promise<Played> {
  stack.server.catchUp();
  stack.ledger.begin();
  stack.clock.now += betweenMs;
  const before = stack.state;
  const outcome = await take(stack, step);
  return { step, before, after: stack.state, outcome };
}

async function take(stack: Stack, step: Step): Promise<Outcome | undefined> {
  switch (step.do) {
    case "up": {
      const { preview, replace } = step;
      const asked = Object.entries(stack.program);
      const program = asked.map(([name, args]) => [name, argumentsOf(stack.definition, name, args)]);
      const targets = replace ? asked.map(([name]) => name) : [];
      return stack.command(step, (engine) =>
        engine.up(Object.fromEntries(program), { preview, replace: targets }),
      );
    }
    case "refresh":
      return stack.command(step, (engine) => engine.refresh(step));
    case "destroy":
      return stack.command(step, (engine) => engine.destroy());
    case "recover":
      await recover(stack, step);
      return undefined;
    case "wait":
      stack.clock.now += (step.hours * day) / 24;
      return undefined;
    case "edit":
      edit(stack, step);
      return undefined;
    case "spoil":
      spoil(stack, step);
      return undefined;
    case "use":
      use(stack, step);
      return undefined;
    case "issue":
      issue(stack, step);
      return undefined;
    default:
      end(stack, step);
      return undefined;
  }
}
