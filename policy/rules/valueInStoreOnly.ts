import type { KeyRule } from "./rule";

export const valueInStoreOnly: KeyRule<"api-key-value-in-store-only"> = {
  name: "api-key-value-in-store-only",
  description: "A key's value goes to a store, and the state does not hold it.",
  level: "disabled",
  settings: {},
  judge(key) {
    const deliver = key.input("deliver");
    const isDelivered = Array.isArray(deliver) && deliver.length > 0;
    const isInState = key.input("valueInState") !== false;
    if (isDelivered && !isInState) return undefined;
    const parts = [
      ...(isInState ? ["the state holds its value"] : []),
      ...(isDelivered ? [] : ["no store is given it"]),
    ];
    return {
      wrong: parts.join(", and "),
      mend: "give it deliver, with the store that its consumers read, and valueInState: false",
    };
  },
};
