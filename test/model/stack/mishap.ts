import { PartialFailure, type Provider } from "../../support/modelledEngine/provider";
import type { Troubles } from "./step";

/** A provider that makes a mistake once it has done what was asked, so that the engine keeps the outputs. */
export function failingAfter(method: NonNullable<Troubles["mishap"]>, provider: Provider): Provider {
  const cause = new Error("The provider made a mistake.");
  if (method === "create") {
    return {
      ...provider,
      async create(inputs) {
        const { id, outputs } = await provider.create(inputs);
        throw new PartialFailure(id, outputs, cause);
      },
    };
  }
  return {
    ...provider,
    async update(id, olds, news) {
      throw new PartialFailure(id, await provider.update(id, olds, news), cause);
    },
  };
}
