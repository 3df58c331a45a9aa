import { defineService } from "pulumi-apikeys";
import definition from "./service.json";

/** API keys of a Meilisearch server, from a definition that is a file of JSON. */
export const meilisearch = defineService(definition);
