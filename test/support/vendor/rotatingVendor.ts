import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServiceDefinitionInput } from "../../../provider/definition/definition";

/** A vendor that changes keys in place, rotates them, shows a second secret once, and masks both. */
export const rotatingDefinition = {
  name: "orbit",
  title: "Orbit",
  path: "/keys",
  fields: {
    id: { type: "integer" },
    value: "secret",
    createdAt: "created",
    scopes: { type: "strings", input: "optional", set: true, expands: true },
    signing: { secret: true },
    webhook: { input: "optional", secret: true },
  },
  operations: { update: { fields: ["name", "scopes"] }, rotate: {} },
} as const satisfies ServiceDefinitionInput;

interface OrbitKey {
  readonly id: number;
  readonly name: string;
  readonly created: string;
  scopes: string[];
  secret: string;
  signing: string;
}

/** A stand-in for that vendor on loopback. */
export interface RotatingVendor {
  readonly url: string;
  readonly keys: Map<string, OrbitKey>;
  /** Requests, as `METHOD path`, in order. */
  readonly requests: string[];
  /** Every secret that it has ever shown. */
  readonly shown: string[];
  /** Breaks the connection instead of answering the next rotation. */
  losesNextRotation: boolean;
  close(): Promise<void>;
}

export async function startRotatingVendor(): Promise<RotatingVendor> {
  const keys = new Map<string, OrbitKey>();
  const requests: string[] = [];
  const shown: string[] = [];
  const secrets = () => {
    const made = { secret: `orbit-${randomUUID()}`, signing: `sign-${randomUUID()}` };
    shown.push(...Object.values(made));
    return made;
  };
  const masked = (key: OrbitKey) => ({ ...key, secret: "****", signing: "", webhook: "****" });

  const server = createServer(async (request, response) => {
    const { method = "", url = "" } = request;
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const body = await bodyOf(request);
    requests.push(`${method} ${url}`);
    const [, , id = "", action] = url.split("/");
    const key = keys.get(id);
    if (id === "" && method === "GET") return answer(200, [...keys.values()].map(masked));
    if (id === "" && method === "POST") {
      const made: OrbitKey = {
        id: 4711 + requests.length,
        name: String(body.name),
        created: new Date().toISOString(),
        scopes: [...((body.scopes as string[] | undefined) ?? []), "whoami"],
        ...secrets(),
      };
      keys.set(String(made.id), made);
      return answer(201, { ...made, webhook: "****" });
    }
    if (!key) return answer(404, { message: "There is no such key." });
    if (method === "DELETE") {
      keys.delete(id);
      return answer(200, {});
    }
    if (method === "PATCH") {
      Object.assign(key, body);
      return answer(200, masked(key));
    }
    if (action !== "rotate") return answer(405, { message: "There is no such request." });
    Object.assign(key, secrets());
    if (!vendor.losesNextRotation) return answer(200, { ...key, webhook: "****" });
    vendor.losesNextRotation = false;
    return request.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const vendor: RotatingVendor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys,
    requests,
    shown,
    losesNextRotation: false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return vendor;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
}
