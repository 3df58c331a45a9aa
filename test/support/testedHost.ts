/** What runs the provider of a program's keys. */
export type Host = "dynamic" | "plugin";

/** The host that this run of the tests is about; jest.config.js runs many of them once for each. */
export const testedHost: Host = (globalThis as { testedHost?: Host }).testedHost ?? "dynamic";
