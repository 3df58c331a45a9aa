import type { Service } from "../../../sdk/services";
import type { ServiceDefinition, ServiceDefinitionInput } from "../../../provider/service/definition";
import type { Parents } from "../../../provider/lifecycle/vendor";
import { parse } from "../../unit/support/definitions";
import * as standins from "../standins";
import type { StandInApi } from "./standIn";

type Inputs = Readonly<Record<string, unknown>>;
/** A connection's credentials, under the names of its settings. */
export type Credentials = Readonly<Record<string, string>>;

/** An example, and what its tests have to know of the vendor that stands in. */
export interface ServiceCase {
  /** The folder in examples/services. */
  readonly example: string;
  readonly definition: ServiceDefinition;
  readonly standIn: (now: () => number) => StandInApi;
  readonly credentials: Credentials;
  /** Nobody's. */
  readonly wrong: Credentials;
  /** Somebody's who may not manage keys; none where the vendor tells no difference. */
  readonly forbidden?: Credentials;
  readonly parents: Parents;
  /** A place that the vendor does not show. */
  readonly otherParents?: { readonly parents: Parents; readonly provesAbsence: boolean };
  /** All that a program can set. */
  readonly inputs: Inputs;
  /** What a resource's arguments are in its life. */
  readonly args: Inputs;
  /** What the vendor refuses, and what it says. */
  readonly refused: { readonly inputs: Inputs; readonly says: string };
  /** A change of an argument that needs no other key, and the requests that make it. */
  readonly change?: { readonly args: Inputs; readonly requests: readonly string[] };
  /** What somebody changes in the vendor's console, and the output by which it shows. */
  readonly drift: { readonly patch: Inputs; readonly outputs: Inputs };
  /** What refresh makes of a key that was revoked elsewhere. */
  readonly afterRevocation: "gone" | "changed";
  readonly creates?: readonly string[];
  readonly refreshes?: readonly string[];
}
