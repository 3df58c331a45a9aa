import { datadog } from "pulumi-apikeys/services";

// A key for the agents of one cluster. Its name can change without another key.
const agents = new datadog.ApiKey("agents", {
  remoteConfigReadEnabled: true,
  rotation: { every: "90d", overlap: "14d" },
});

export const agentsKey = agents.value;
export const agentsKeyEnd = agents.lastFour;
