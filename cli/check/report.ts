import type { Source } from "../../provider/api/wire/places";
import type { ServiceDefinition } from "../../provider/definition/definition";
import { type Elsewhere, findingLines, findingsOf, type ReceivedKey } from "./fields";

/** The findings of a trial, printed as they come. */
export class CheckReport {
  #good = true;

  /**
   * @param asked the arguments of the key
   * @param print prints a line
   */
  constructor(
    private readonly definition: ServiceDefinition,
    private readonly asked: Readonly<Record<string, unknown>>,
    readonly print: (line: string) => void,
  ) {}

  /** Whether every response agreed with the definition. */
  get good(): boolean {
    return this.#good;
  }

  /**
   * Reports a response field by field.
   *
   * @param key as the definition reads it from the response; undefined where it finds none
   * @param elsewhere fields that this response need not have. Default: none
   */
  response(title: string, source: Source, key: ReceivedKey | undefined, elsewhere?: Elsewhere): void {
    const findings = findingsOf(this.definition, source, key, this.asked, elsewhere);
    this.print(title);
    for (const line of findingLines(this.definition, source, findings)) this.print(line);
    this.#good &&= !findings.some(({ wrong }) => wrong);
  }

  complaint(line: string): void {
    this.#good = false;
    this.print(`! ${line}`);
  }
}
