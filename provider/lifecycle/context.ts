import type { Connection, Connections } from "../connections";
import { ApiKeysError } from "../errors";
import type { ServiceDefinition } from "../service/definition";
import { resolveService } from "../service/registry";
import { type Properties, requiredText, text } from "./properties";
import type { Parents, Vendor } from "./vendor";

/** What the lifecycle needs of the world around it. */
export interface World {
  readonly connections: Connections;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Seven random hexadecimal digits. */
  suffix(): string;
  vendor(definition: ServiceDefinition, connection: Connection): Vendor;
}

/** One key, with the vendor that holds it. */
export interface Subject {
  readonly definition: ServiceDefinition;
  readonly vendor: Vendor;
  readonly parents: Parents;
  /** How messages call the key. */
  readonly label: string;
}

/** The key that inputs or outputs speak of. */
export function subjectOf(world: World, properties: Properties): Subject {
  const definition = resolveService(properties);
  const connection = world.connections.resolve(requiredText(properties, "connection"), definition);
  const parents = Object.fromEntries(
    Object.keys(definition.parents).map((name) => [name, requiredText(properties, name)]),
  );
  const label = `${definition.title} key ${JSON.stringify(text(properties, "name") ?? text(properties, "keyId"))}`;
  return { definition, vendor: world.vendor(definition, connection), parents, label };
}

/**
 * The key that outputs speak of, at the place where it was created.
 *
 * @throws {ApiKeysError} IDENTITY_MISMATCH when the connection now leads elsewhere: another server's word
 *   about the key would be worth nothing
 */
export function recordedSubject(world: World, outputs: Properties): Subject {
  const subject = subjectOf(world, outputs);
  const recorded = requiredText(outputs, "origin");
  if (subject.vendor.origin !== recorded) {
    throw new ApiKeysError(
      "IDENTITY_MISMATCH",
      `The ${subject.label} was created at ${recorded}, but connection "${outputs.connection}" now leads to ` +
        `${subject.vendor.origin}. Correct the connection's base URL, or give the other server a connection of its own.`,
    );
  }
  return subject;
}
