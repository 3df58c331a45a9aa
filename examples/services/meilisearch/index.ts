import { meilisearch } from "pulumi-apikeys/services";

// A key that a web page may hold: it searches one index and does nothing else.
const page = new meilisearch.ApiKey("page", {
  description: "Search in the shop's page",
  actions: ["search"],
  indexes: ["products"],
  expiresIn: "365d",
  rotation: { beforeExpiry: "30d", overlap: "14d" },
});

export const pageKey = page.value;
