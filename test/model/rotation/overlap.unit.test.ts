import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { instantMs } from "../../../provider/base/time";
import { day } from "../../support/lifecycle/world";
import { applications, xentree } from "../../support/vendor/definitions";
import { sampling } from "../sampling";
import { play } from "../stack/play";
import { Stack } from "../stack/stack";
import { isQuiet, noTroubles, type Step } from "../stack/step";
import { longestOverlapDays, type RotationStep, rotationSteps } from "./steps";
import { Witness } from "./witness";

const services = [xentree, applications];
const { seed, runs } = sampling(300);

const up: Step = { do: "up", preview: true, replace: false, ...noTroubles };
const refresh: Step = { do: "refresh", preview: false, ...noTroubles };

/** Sets this machine's clock; the vendor's goes on, and its lists show what they showed. */
function setClock({ clock, server }: Stack, byMs: number): void {
  clock.now += byMs;
  server.keys = server.keys.map((key) => ({ ...key, listedFromMs: key.listedFromMs + byMs }));
}

/** A key with overlap, its consumers, and everyone who may trouble them. */
class Life {
  readonly stack: Stack;
  readonly witness: Witness;

  /** @param lags whether a consumer goes on with the previous key for as long as there is one */
  constructor(
    definition: (typeof services)[number],
    private readonly lags: boolean,
  ) {
    this.stack = new Stack(definition, false, ["dynamic", "plugin"]);
    const guard = definition.fields.lastUsedAt && { revokeWhenIdleFor: "1d", overlapAtMost: "10d" };
    this.stack.program = { ci: { rotation: { overlap: "7d", every: "30d", ...guard } } };
    this.witness = new Witness(this.stack);
  }

  /** @returns what was amiss, in sentences */
  async take(step: RotationStep): Promise<string[]> {
    if (step.do === "setClock") {
      setClock(this.stack, step.byHours * 3_600_000);
      return [];
    }
    const { witness, stack } = this;
    if (step.do === "up" && this.lags) this.#usePrevious();
    witness.begin();
    const { outcome } = await play(stack, step);
    if (step.do === "revoke" || step.do === "deactivate") witness.others();
    witness.end(outcome?.ending === "succeeded");
    const amiss = [...witness.amiss, ...witness.orphans.map((id) => `${id} is an orphan.`)];
    if (step.do === "up" && outcome?.ending === "succeeded")
      amiss.push(...this.#overdue(), ...this.#unheeded(), ...this.#endless());
    return amiss;
  }

  /** After an `up` that went well nothing is owed any more, and another one sends nothing. */
  async surprises(): Promise<string[]> {
    await this.take(up);
    if (this.#overdue().length > 0 || this.stack.ledger.requests === 0) return [];
    return [`An unchanged program sent ${this.stack.ledger.requests} requests.`];
  }

  #usePrevious(): void {
    const { previousKeyId } = this.witness.outputs;
    const { server } = this.stack;
    if (typeof previousKeyId === "string") server.use(server.key(previousKeyId));
  }

  #overdue(): string[] {
    const { outputs } = this.witness;
    const dates = { renewal: outputs.dueAt, "end of the previous key": outputs.previousRevokeAt };
    return Object.entries(dates).flatMap(([what, date]) =>
      (instantMs(date) ?? Number.POSITIVE_INFINITY) <= this.stack.clock.now
        ? [`The ${what} was due at ${date}.`]
        : [],
    );
  }

  /** No use prolongs an overlap beyond what the program allows. */
  #endless(): string[] {
    const { rotatedAt, previousRevokeAt } = this.witness.outputs;
    const lastsMs = (instantMs(previousRevokeAt) ?? 0) - (instantMs(rotatedAt) ?? 0);
    return lastsMs > longestOverlapDays * day ? [`The previous key stays until ${previousRevokeAt}.`] : [];
  }

  /** The key is as the program asks. */
  #unheeded(): string[] {
    const { outputs } = this.witness;
    const asked = this.stack.program.ci ?? {};
    return ["permissions", "rotation", "expiresIn"]
      .filter((name) => !isDeepStrictEqual(outputs[name], asked[name]))
      .map((name) => `The program's ${name} went unheeded.`);
  }

  /** The user does what the messages say, and nothing more goes wrong. */
  async settle(): Promise<string[]> {
    const amiss: string[] = [];
    for (const step of [{ do: "recover", ...noTroubles } as const, up, refresh, up, up]) {
      amiss.push(...(await this.take(step)));
      const { reported, server } = this.stack;
      for (const key of server.keys)
        if (reported.has(key.serial) && !this.witness.held.includes(key.id)) key.live = false;
    }
    const { working, held, outputs } = this.witness;
    const strays = working.filter((id) => !held.includes(id)).map((id) => `${id} is in no state.`);
    const current = working.includes(String(outputs.keyId)) ? [] : ["The current key does not work."];
    return [...amiss, ...strays, ...current];
  }
}

describe.each(services)("whatever happens to a key of $title with overlap,", (definition) => {
  it("its consumers have a live key, never more than two are live, and in the end the state holds them all", async () => {
    await fc.assert(
      fc.asyncProperty(rotationSteps(definition), fc.boolean(), async (steps, lags) => {
        const life = new Life(definition, lags);
        expect(await life.take(up)).toEqual([]);
        for (const step of steps) {
          expect(await life.take(step)).toEqual([]);
          if (step.do === "up" && isQuiet(step)) expect(await life.surprises()).toEqual([]);
        }
        expect(await life.settle()).toEqual([]);
      }),
      { numRuns: Math.ceil(runs / services.length), seed },
    );
  });
});
