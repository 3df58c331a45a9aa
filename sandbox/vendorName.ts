export type VendorName = "xentree" | "applications" | "sendkit";
