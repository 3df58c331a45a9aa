import { deliveryFailed } from "../../../provider/delivery/kind";
import { ModelStores } from "../../support/lifecycle/modelStores";
import type { Requests } from "./requests";

/** The stores as one provider process reaches them: over a bad line. */
export function watchedStores({ places }: ModelStores, requests: Requests): ModelStores {
  return new ModelStores(places, (_, act) =>
    requests.send("store", async (fate) => {
      if (fate === "fails before commit") throw deliveryFailed("The store is down.");
      const answer = act();
      if (fate === "fails after commit") throw deliveryFailed("The answer of the store was lost.");
      return answer;
    }),
  );
}
