/** The dynamic resource type of every key, and part of every key's URN, so it stays as it is for ever. */
export const resourceType = "pulumi-nodejs:dynamic/apikeys:ApiKey";
