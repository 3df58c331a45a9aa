/** The names of `pulumi-apikeys`, with keys that the resource plugin runs in place of Pulumi's dynamic provider. */
import "../requireNode";

export type { Deliver, DeliveryArgs, KeyDelivery } from "../delivery";
export type { JsonDefinition, JsonKeyArgs, JsonKeyOutputs } from "../jsonTypes";
export type { LookupOutputOptions, Lookups } from "../lookups";
export type { GetApiKeyArgs, GetApiKeyResult, GetApiKeysArgs } from "../lookupTypes";
export type { JsonService, Service, ServiceDefinition } from "../services";
export { type DeclaredStore, defineStore, type StoreDefinition, type StoreRequest } from "../stores";
export type { CommonArgs, CommonOutputs, ExpiryArgs, KeyArgs, KeyOutputs, Rotation } from "../types";
export * as applications from "./applications";
export type { PluginKeyClass } from "./pluginClass";
export { Provider, type ProviderArgs } from "./provider";
export * as sendkit from "./sendkit";
export { defineService, type PluginService } from "./services";
export * as xentree from "./xentree";
