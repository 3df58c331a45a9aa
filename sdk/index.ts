import "./requireNode";

export * as applications from "./applications";
export type { Deliver, DeliveryArgs, KeyDelivery } from "./delivery";
export type { JsonDefinition, JsonKeyArgs, JsonKeyOutputs } from "./jsonTypes";
export type { LookupOutputOptions, Lookups } from "./lookups";
export type { GetApiKeyArgs, GetApiKeyResult, GetApiKeysArgs } from "./lookupTypes";
export * as sendkit from "./sendkit";
export { defineService, type JsonService, type Service, type ServiceDefinition } from "./services";
export { type DeclaredStore, defineStore, type StoreDefinition, type StoreRequest } from "./stores";
export type { CommonArgs, CommonOutputs, ExpiryArgs, KeyArgs, KeyOutputs, Rotation } from "./types";
export * as xentree from "./xentree";
