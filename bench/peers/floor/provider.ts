/**
 * Takes the place of our provider under our own program. It sends nothing and keeps as much state for each key, so it
 * measures what the engine itself costs.
 */
import { randomBytes, randomUUID } from "node:crypto";

type Bag = Record<string, unknown>;

/** How the engine marks a value as secret. */
const secretMark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

export async function check(olds: Bag, news: Bag): Promise<Bag> {
  const { __provider, logicalName, ...asked } = news;
  const rotatedAt = olds.rotatedAt ?? new Date().toISOString();
  const name = olds.name ?? `${logicalName}-0a1b2c3`;
  return { inputs: { ...asked, name, autonamed: true, rotatedAt, dueAt: rotatedAt } };
}

export async function diff(_id: string, olds: Bag, news: Bag): Promise<Bag> {
  const changes = JSON.stringify(olds.rotation) !== JSON.stringify(news.rotation);
  return { changes, replaces: changes ? ["rotation"] : [] };
}

export async function create({ __provider, ...inputs }: Bag): Promise<Bag> {
  const id = randomUUID();
  const value = `xntr-${randomBytes(32).toString("base64url")}`;
  const made = {
    keyId: id,
    tenantId: randomUUID(),
    userId: randomUUID(),
    createdAt: inputs.rotatedAt,
    expiresAt: inputs.dueAt,
    origin: "http://127.0.0.1:65535",
    prefix: value.slice(0, 16),
    fingerprint: randomBytes(8).toString("hex"),
    status: "active",
    value: { ...secretMark, value },
  };
  return { id, outs: { ...inputs, ...made } };
}

export async function read(id: string, { value, ...outputs }: Bag): Promise<Bag> {
  return { id, props: { ...outputs, value: { ...secretMark, value } } };
}

async function remove(): Promise<void> {}

export { remove as delete };
