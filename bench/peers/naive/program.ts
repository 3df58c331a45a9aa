/**
 * What a user would write from Pulumi's page on dynamic providers: a class with undici calls, and one of it per key.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/dynamic-providers/
 */
import * as pulumi from "@pulumi/pulumi";
import { request } from "undici";

interface KeyInputs {
  readonly name: string;
  readonly permissions: readonly string[];
  readonly rate_limit_per_minute: number;
  readonly allowed_ips: readonly string[];
  readonly organization_id: string;
  readonly expires_at: string;
  readonly generation: string;
}

interface Key {
  readonly id: string;
  readonly prefix: string;
  readonly tenant_id: string;
  readonly user_id: string;
  readonly created_at: string;
  readonly is_active: boolean;
}

const path = "/api/admin/api-keys";

class ApiKeyProvider implements pulumi.dynamic.ResourceProvider<KeyInputs, KeyInputs & Key> {
  async diff(
    _id: string,
    olds: KeyInputs & Key,
    news: KeyInputs & { readonly __provider?: string },
  ): Promise<pulumi.dynamic.DiffResult> {
    const replaces = Object.entries(news).flatMap(([name, value]) =>
      name !== "__provider" && JSON.stringify(olds[name as keyof KeyInputs]) !== JSON.stringify(value)
        ? [name]
        : [],
    );
    return { changes: replaces.length > 0, replaces };
  }

  async create(inputs: KeyInputs): Promise<pulumi.dynamic.CreateResult<KeyInputs & Key>> {
    const { generation, ...asked } = inputs;
    const answer = await request(process.env.XENTREE_URL + path, {
      method: "POST",
      headers: {
        authorization: `Bearer ${process.env.XENTREE_TOKEN}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(asked),
    });
    if (answer.statusCode !== 201) throw new Error(`Xentree answered ${answer.statusCode}.`);
    const { organization_name, last_used_at, ...key } = (await answer.body.json()) as Key & {
      organization_name: string;
      last_used_at: string | null;
    };
    return { id: key.id, outs: { ...inputs, ...key } };
  }

  async read(id: string, props?: KeyInputs & Key): Promise<pulumi.dynamic.ReadResult<KeyInputs & Key>> {
    const answer = await request(process.env.XENTREE_URL + path, {
      headers: { authorization: `Bearer ${process.env.XENTREE_TOKEN}` },
    });
    if (answer.statusCode !== 200) throw new Error(`Xentree answered ${answer.statusCode}.`);
    const keys = (await answer.body.json()) as Key[];
    const found = keys.find((key) => key.id === id);
    return found && props ? { id, props: { ...props, is_active: found.is_active } } : {};
  }

  async delete(id: string): Promise<void> {
    const answer = await request(`${process.env.XENTREE_URL}${path}/${id}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${process.env.XENTREE_TOKEN}` },
    });
    await answer.body.dump();
    if (answer.statusCode !== 200) throw new Error(`Xentree answered ${answer.statusCode}.`);
  }
}

class ApiKey extends pulumi.dynamic.Resource {
  declare readonly key_value: pulumi.Output<string>;

  constructor(name: string, inputs: KeyInputs) {
    super(
      new ApiKeyProvider(),
      name,
      {
        key_value: undefined,
        prefix: undefined,
        tenant_id: undefined,
        user_id: undefined,
        created_at: undefined,
        is_active: undefined,
        ...inputs,
      },
      { additionalSecretOutputs: ["key_value"] },
    );
  }
}

const { BENCH_KEYS, BENCH_GENERATION = "1", BENCH_ORGANIZATION = "", BENCH_EXPIRES_AT = "" } = process.env;

for (let index = 0; index < Number(BENCH_KEYS); index++) {
  new ApiKey(`pipeline-${index}`, {
    name: `pipeline-${index}`,
    permissions: ["conversations:read", "knowledge:search", "organizations:read"],
    rate_limit_per_minute: 120,
    allowed_ips: ["203.0.113.0/24"],
    organization_id: BENCH_ORGANIZATION,
    expires_at: BENCH_EXPIRES_AT,
    generation: BENCH_GENERATION,
  });
}
