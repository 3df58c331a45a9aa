import { xentree } from "pulumi-apikeys";

const { BENCH_KEYS, BENCH_GENERATION = "1", BENCH_ORGANIZATION = "" } = process.env;

for (let index = 0; index < Number(BENCH_KEYS); index++) {
  new xentree.ApiKey(`pipeline-${index}`, {
    permissions: ["conversations:read", "knowledge:search", "organizations:read"],
    rateLimitPerMinute: 120,
    allowedIps: ["203.0.113.0/24"],
    organizationId: BENCH_ORGANIZATION,
    expiresIn: "90d",
    rotation: { triggers: { generation: BENCH_GENERATION } },
  });
}
