const mebibyte = 1_048_576;

/**
 * How much of a document is read. The largest that vendors publish have some 15 MB; YAML takes a second and a hundred
 * megabytes of memory for each.
 */
export const limits = {
  /** Bytes of one file, and of all files together. */
  bytes: 16 * mebibyte,
  /** Levels of JSON. */
  depth: 200,
  /** Values, those that YAML repeats by aliases counted each time. */
  values: 5_000_000,
  /** Signs of YAML that begin or end a value: each costs a kilobyte of memory. The largest documents have about a million. */
  yamlSigns: 1_200_000,
  /** Aliases of YAML (`*name`): each is looked for among all before it. */
  yamlAliases: 10_000,
  /** Files that a document is made of. */
  files: 500,
  /** Steps from one `$ref` to the next. */
  references: 50,
  /** Parts of one schema that `allOf` and the like join. */
  schemaParts: 400,
} as const;
