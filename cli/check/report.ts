import type { Source } from "../../provider/api/wire/places";
import type { ServiceDefinition } from "../../provider/definition/definition";
import { type Elsewhere, findingLines, findingsOf, type ToldKey } from "./fields";

/** What a trial has come to, told as it comes. */
export class CheckReport {
  #good = true;

  /**
   * @param asked what the key was asked to be
   * @param say takes each line
   */
  constructor(
    private readonly definition: ServiceDefinition,
    private readonly asked: Readonly<Record<string, unknown>>,
    readonly say: (line: string) => void,
  ) {}

  /** Whether the vendor did all as the definition says. */
  get good(): boolean {
    return this.#good;
  }

  /**
   * Tells of an answer, field by field.
   *
   * @param key as the definition reads it from there; undefined where it finds none
   * @param elsewhere fields that this answer need not tell. Default: none
   */
  answer(title: string, source: Source, key: ToldKey | undefined, elsewhere?: Elsewhere): void {
    const findings = findingsOf(this.definition, source, key, this.asked, elsewhere);
    this.say(title);
    for (const line of findingLines(this.definition, source, findings)) this.say(line);
    this.#good &&= !findings.some(({ wrong }) => wrong);
  }

  complaint(line: string): void {
    this.#good = false;
    this.say(`! ${line}`);
  }
}
