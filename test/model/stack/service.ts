import { Connections } from "../../../provider/connection/connections";
import type { ServiceDefinition } from "../../../provider/definition/definition";
import type { Target } from "../../../provider/delivery/store";
import type { PathParameters } from "../../../provider/vendor";
import type { Properties } from "../../support/lifecycle/lifecycle";
import { program } from "../../support/lifecycle/modelEngine";

/** Stands in every credential, so that one search finds any leak. */
export const canaryCredential = "canary-credential";

/** A name with a suffix of ours was made up, and nobody else has it. */
export function isMadeUp(name: unknown): boolean {
  return /-[0-9a-f]{7}$/.test(String(name));
}

/** Two credentials for the same vendor, and so two connections of the same origin and tenant. */
export const connectionNames = ["first", "second"] as const;

export function connectionsTo(definition: ServiceDefinition): Connections {
  const credential = definition.credentials.some((names) => names.includes("apiKey"))
    ? { apiKey: `sk_user_${canaryCredential}` }
    : { token: canaryCredential };
  const connection = { baseUrl: "https://vendor.example", ...credential };
  return new Connections(JSON.stringify({ first: connection, second: connection }), {});
}

/** Two places for keys of a service; where it has no path parameters they are one. */
export function placesOf(definition: ServiceDefinition): readonly PathParameters[] {
  return ["123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174001"].map((place) =>
    Object.fromEntries(Object.keys(definition.pathParameters).map((name) => [name, place])),
  );
}

/** What the SDK sends for a key of this logical name. */
export function argumentsOf(
  definition: ServiceDefinition,
  logicalName: string,
  asked: Properties,
): Properties {
  const place = placesOf(definition)[0];
  const { delivery, ...args } = asked;
  return program(definition, {
    connection: "first",
    logicalName,
    ...place,
    ...args,
    ...delivered(logicalName, delivery),
  });
}

/** How a key is delivered: what lives draw, and what it stands for in a program. */
export const deliveries = ["kept", "stateless", "stateless, to two"] as const;

function delivered(logicalName: string, delivery: unknown): Properties {
  if (delivery === undefined) return {};
  const deliver =
    delivery === "stateless, to two"
      ? [targetOf(logicalName), blindOf(logicalName)]
      : [targetOf(logicalName)];
  return { deliver, ...(delivery !== "kept" && { valueInState: false }) };
}

/** The place of a key in a store that can be read. */
export function targetOf(logicalName: string): Target {
  return { store: "vault", path: `kv/${logicalName}`, field: "token", previous: "token_previous" };
}

function blindOf(logicalName: string): Target {
  return { store: "blind", path: `secrets/${logicalName}`, field: "TOKEN" };
}
