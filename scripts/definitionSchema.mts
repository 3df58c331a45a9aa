/** Writes the JSON Schema of service definitions beside the code that reads them; runs within `npm run build`. */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";

const dist = path.join(import.meta.dirname, "../dist");
const { serviceSchema } = createRequire(import.meta.url)(
  path.join(dist, "provider/definition/schema/definition.js"),
) as { serviceSchema: z.ZodType };

const schema = z.toJSONSchema(serviceSchema, { io: "input", reused: "ref" });
writeFileSync(
  path.join(dist, "definition.schema.json"),
  JSON.stringify({ ...schema, title: "A service definition of pulumi-apikeys" }),
);
