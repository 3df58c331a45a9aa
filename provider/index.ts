/**
 * What the engine drives, by way of Pulumi's dynamic provider. Every resource's state names this module as
 * `pulumi-apikeys/provider` and calls these functions, so neither may ever be renamed.
 */
import "./requireNode";

export { check, configure, create, delete, diff, read, update } from "./host/dynamic";
