export { reportsGeneration, reportsKey, reportsRenewedBy } from "./scheduled";
export { deployFingerprint, deployKey } from "./triggered";
