import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { version } from "../version";

export async function getPluginInfo(): Promise<PluginInfo> {
  const response = new PluginInfo();
  response.setVersion(version);
  return response;
}
