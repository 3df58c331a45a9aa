import { addressesOf } from "../resources/fields";
import type { KeyRule } from "./rule";

/** Every address: an empty prefix, a word, or the address that stands for all. */
const everyAddress = /^(.*\/0+|\*|any|0\.0\.0\.0|[0:]+)$/i;

export const allowedAddresses: KeyRule<"api-key-allowed-addresses"> = {
  name: "api-key-allowed-addresses",
  description:
    "Where a service can limit the addresses that a key works from, they are given, and are not all there are.",
  level: "advisory",
  settings: {
    fields: {
      type: "array",
      items: { type: "string" },
      default: [],
      description:
        "Arguments that hold addresses, beside those that the service declares as such and those named allowedIps, cidrs and the like.",
    },
  },
  judge(key, { fields }) {
    for (const [name, addresses] of addressesOf(key, fields)) {
      const every = addresses.find((text) => everyAddress.test(text.trim()));
      if (addresses.length > 0 && every === undefined) continue;
      return {
        wrong:
          every === undefined
            ? `without ${name} it works from every address`
            : `${name} has ${JSON.stringify(every)}, which is every address`,
        mend: `list the addresses or ranges of its consumers in ${name}`,
      };
    }
    return undefined;
  },
};
