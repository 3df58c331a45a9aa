import type { ServiceDefinitionInput } from "../provider/service/definition";
import { type KeyClass, keyClass } from "./apiKey";
import { type Looks, looks } from "./looks";

/** A vendor that a program can declare keys of, and look at. */
export interface Service<D extends ServiceDefinitionInput> extends Looks<D> {
  /** The class of the vendor's keys, with arguments and outputs typed from the definition. */
  readonly ApiKey: KeyClass<D>;
  readonly definition: D;
}

/**
 * Any vendor, in one declaration of data.
 *
 * @param definition JSON; checked whole, with the path of every mistake, before the first request
 */
export function defineService<const D extends ServiceDefinitionInput>(definition: D): Service<D> {
  return { ApiKey: keyClass(definition, false), definition, ...looks(definition, false) };
}
