import * as pulumi from "@pulumi/pulumi";

interface ServiceArgs {
  /** The key with which the service calls the vendor, a secret. */
  readonly apiKey: pulumi.Input<string>;
  /** Changes with the key and is no secret: a label or annotation that makes a platform restart the workload. */
  readonly revision: pulumi.Input<string>;
}

/** Stands for a user of the key: your Deployment, function or repository secret. It keeps only the revision. */
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
