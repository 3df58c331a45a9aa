import { ApiKeysError } from "../../provider/base/errors";
import type { ServiceDefinition, UpdateDefinition } from "../../provider/definition/definition";
import {
  type KeyInputs,
  type KeyState,
  type OperationContext,
  PartialSuccessError,
  type Properties,
  readInputs,
  readState,
  writeState,
} from "../../provider/lifecycle";
import { resolveKey } from "../../provider/lifecycle/context";
import { rotateInPlace } from "../../provider/lifecycle/steps/rotateInPlace";
import { updateFields } from "../../provider/lifecycle/steps/updateFields";
import type { LookupTrials } from "./lookupTrials";
import type { CheckReport } from "./report";

/** A throw-away key that is changed in every way that its definition has. */
export class ChangeTrials {
  readonly #inputs: KeyInputs;
  #state: KeyState;

  constructor(
    private readonly operation: OperationContext,
    private readonly definition: ServiceDefinition,
    private readonly trials: LookupTrials,
    inputs: Properties,
    outputs: Properties,
  ) {
    this.#inputs = readInputs(inputs);
    this.#state = readState(outputs);
  }

  /** The key as it now is, as state would have it. */
  get outputs(): Properties {
    return writeState(this.#state);
  }

  get updates(): readonly UpdateDefinition[] {
    return this.definition.operations.update;
  }

  /** Sets fields to what they are. It shows whether the vendor takes the request, and not whether it then does anything. */
  async update(report: CheckReport, update: UpdateDefinition): Promise<void> {
    const asked = this.#asItIs();
    const names = update.fields.flatMap((field) => argumentOf(field, asked) ?? []);
    const title = `update of ${update.fields.join(", ")}`;
    if (names.length === 0) {
      report.print(`${title}: not tried, for the key has none of these; give one by --args`);
      return;
    }
    const context = resolveKey(this.operation, asked);
    const { state, messages } = await updateFields(this.operation, context, this.#state, asked, names);
    this.#state = state;
    this.trials.reportUpdated(report, title, update, state.keyId);
    for (const message of messages) report.complaint(`${title}: ${message}`);
  }

  /** Gives the key another value. */
  async rotate(report: CheckReport): Promise<void> {
    if (!this.definition.operations.rotate) return;
    const before = this.#state;
    const context = resolveKey(this.operation, this.#asItIs());
    try {
      const { state } = await rotateInPlace(this.operation, context, before.keyId, before, this.#inputs);
      this.#state = state;
      this.trials.reportRotated(report);
    } catch (error) {
      if (error instanceof PartialSuccessError) this.#state = error.state;
      if (error instanceof ApiKeysError) this.trials.reportRotated(report);
      throw error;
    }
    if (this.#state.value === before.value) report.complaint("rotate: the value is the same as before.");
  }

  /** What the program asks, with what the vendor told of everything else. */
  #asItIs(): KeyInputs {
    const { expiresAt: _, ...known } = this.#state.fields;
    const { name = this.#inputs.fields.name } = known;
    return { ...this.#inputs, fields: { ...known, ...this.#inputs.fields, name } };
  }
}

/** The argument that asks for a field; undefined where the key has nothing there. */
function argumentOf(field: string, { fields, expiresIn }: KeyInputs): string | undefined {
  if (field === "expiresAt" && expiresIn !== undefined) return "expiresIn";
  return fields[field] === undefined ? undefined : field;
}
