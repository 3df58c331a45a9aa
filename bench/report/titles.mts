import type { Operation, PeerName } from "../peers/peer.mts";

/** What tables and pictures call a peer. */
export const peerTitles: Readonly<Record<PeerName, string>> = {
  ours: "pulumi-apikeys",
  plugin: "pulumi-apikeys, plugin",
  yaml: "pulumi-apikeys, plugin, YAML",
  naive: "naive dynamic provider",
  restapi: "Terraform + restapi",
  floor: "floor: the engine, nothing sent",
  undici: "floor: the requests, no engine",
  direct: "pulumi-apikeys, no engine",
};

export const operationTitles: Readonly<Record<Operation, string>> = {
  up: "up",
  unchanged: "unchanged up",
  refresh: "refresh",
  rotate: "rotate all",
  destroy: "destroy",
};
