import { json, serve } from "../http/loopback";

/** A store as somebody's own might be: each secret of a project has an address, and shows its value. */
export async function startOwnStore() {
  const token = "canary-own-token";
  /** Values by `project/name`. */
  const secrets = new Map<string, string>();
  const { url, close } = await serve((response, { method, url, headers, body }) => {
    if (headers.authorization !== `Bearer ${token}`) return json(response, 401, { message: "Who are you?" });
    const [, project, name] = /^\/projects\/([^/]+)\/secrets\/([^/]+)$/.exec(url) ?? [];
    const key = `${project}/${name}`;
    if (method === "PUT") secrets.set(key, JSON.parse(body).value);
    const value = secrets.get(key);
    if (value === undefined) return json(response, 404, { message: "No such secret." });
    if (method === "DELETE") secrets.delete(key);
    return json(response, 200, { value });
  });
  return { url, token, secrets, close };
}
