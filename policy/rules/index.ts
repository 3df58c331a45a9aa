import { allowedAddresses } from "./allowedAddresses";
import { keyName } from "./keyName";
import { lifetime } from "./lifetime";
import { noWildcardPermission } from "./noWildcardPermission";
import { overlapInProduction } from "./overlapInProduction";
import { renewedByTime } from "./renewedByTime";
import { revokeNow } from "./revokeNow";
import { service } from "./service";
import { valueInStoreOnly } from "./valueInStoreOnly";
import { valueNotPlainOutput } from "./valueNotPlainOutput";

/** Every rule of the pack, in the order in which documents tell of them. */
export const rules = [
  lifetime,
  renewedByTime,
  overlapInProduction,
  noWildcardPermission,
  allowedAddresses,
  valueNotPlainOutput,
  valueInStoreOnly,
  keyName,
  service,
  revokeNow,
] as const;
