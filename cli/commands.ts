import type { Command } from "./command";

/** The commands of `pulumi-apikeys` by their names. Each is loaded when it is asked for: together they take half as long again. */
export const commands: Readonly<Record<string, () => Command>> = {
  draft: () => (require("./draft") as typeof import("./draft")).draft,
  check: () => (require("./check") as typeof import("./check")).check,
  list: () => (require("./list") as typeof import("./list")).list,
  status: () => (require("./status") as typeof import("./status")).status,
  audit: () => (require("./audit") as typeof import("./audit")).audit,
  exec: () => (require("./exec") as typeof import("./exec")).exec,
  deliver: () => (require("./deliver") as typeof import("./deliver")).deliver,
  recover: () => (require("./recover") as typeof import("./recover")).recover,
  plugin: () => (require("./plugin") as typeof import("./plugin")).plugin,
  sandbox: () => (require("./sandbox") as typeof import("./sandbox")).sandbox,
};
