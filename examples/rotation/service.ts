import * as pulumi from "@pulumi/pulumi";

interface ServiceArgs {
  /** The key with which the service calls the vendor, a secret. */
  readonly apiKey: pulumi.Input<string>;
  /** Changes with the key, and may be seen by anyone: a label or annotation by which a platform rolls out anew. */
  readonly revision: pulumi.Input<string>;
}

/** Stands for what uses a key: your Deployment, function or repository secret. It keeps nothing but the revision. */
export class Service extends pulumi.dynamic.Resource {
  constructor(name: string, args: ServiceArgs) {
    super(
      {
        create: async ({ revision }) => ({ id: name, outs: { revision } }),
        update: async (_id, _olds, { revision }) => ({ outs: { revision } }),
        diff: async (_id, olds, news) => ({ changes: olds.revision !== news.revision }),
      },
      name,
      args,
    );
  }
}
