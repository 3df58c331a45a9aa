export { adminCredential, documentVendor, pingPath, viewerCredential } from "./documentVendor";
export { type Expected, expectedOf } from "./expected";
