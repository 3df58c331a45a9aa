import { examine } from "../../provider/definition/examine";
import { problemText } from "../../provider/definition/registry";

function complaints(part: object): string[] {
  return (examine({ name: "acme", path: "/keys", ...part }).problems ?? []).map(problemText);
}

const login = { scheme: "login", login: { path: "/in", body: { user: "{username}" } }, accessToken: "t" };
const ofHttp = "is a header that HTTP needs for itself; choose another";
const form = "must be an object, to be sent as a form";

describe("a definition whose requests could not be sent", () => {
  it.each<[string, object, string]>([
    [
      "a login that tells no token and sends one",
      { auth: { ...login, accessToken: undefined } },
      "/auth/accessToken: is missing: it is where the answer tells the token that requests are sent with",
    ],
    [
      "a login that tells no token and sends one in a header of its own",
      { auth: { ...login, accessToken: undefined, send: { headers: { "X-T": "{accessToken}" } } } },
      "/auth/accessToken: is missing: it is where the answer tells the token that requests are sent with",
    ],
    [
      "a renewal without what it takes",
      { auth: [{ scheme: "bearer" }, { ...login, refresh: { path: "/re", body: { r: "{refreshToken}" } } }] },
      "/auth/1/refreshToken: is missing: without it, refresh is never used",
    ],
    [
      "a credential that is a setting",
      { auth: { scheme: "headers", headers: { "X-A": "{baseUrl}" } } },
      "/auth: {baseUrl} is a setting of every connection; call the credential otherwise",
    ],
    [
      "a credential that counts attempts",
      { auth: { scheme: "basic", username: "{attempts}" } },
      "/auth: {attempts} is a setting of every connection; call the credential otherwise",
    ],
    [
      "a credential that no variable of the environment is named after",
      { auth: { scheme: "headers", headers: { "X-A": "{api_key}" } } },
      "/auth: {api_key} must be a camelCase name",
    ],
    [
      "a credential as the host",
      { auth: { scheme: "headers", headers: { Host: "{apiKey}" } } },
      `/auth/headers/Host: ${ofHttp}`,
    ],
    [
      "a credential as the body's type",
      { auth: { scheme: "headers", headers: { "Content-Type": "{apiKey}" } } },
      `/auth/headers/Content-Type: ${ofHttp}`,
    ],
    [
      "a token as the host",
      { auth: { ...login, send: { headers: { host: "{accessToken}" } } } },
      `/auth/send/headers/host: ${ofHttp}`,
    ],
    [
      "a login to another host",
      { auth: { ...login, login: { ...login.login, headers: { Host: "b" } } } },
      `/auth/login/headers/Host: ${ofHttp}`,
    ],
    ["a length of all bodies", { headers: { "Content-Length": "3" } }, `/headers/Content-Length: ${ofHttp}`],
    [
      "one operation's host",
      { operations: { revoke: { headers: { Host: "b" } } } },
      `/operations/revoke/headers/Host: ${ofHttp}`,
    ],
    [
      "a form of a list",
      { operations: { revoke: { method: "POST", encoding: "form", body: ["{keyId}"] } } },
      `/operations/revoke/body: ${form}`,
    ],
    [
      "a login as a form of a list",
      { auth: { ...login, login: { path: "/in", encoding: "form", body: ["{pin}"] } } },
      `/auth/login/body: ${form}`,
    ],
    [
      "a renewal as a form of a text",
      {
        auth: {
          ...login,
          refreshToken: "r",
          refresh: { path: "/re", encoding: "form", body: "{refreshToken}" },
        },
      },
      `/auth/refresh/body: ${form}`,
    ],
    [
      "a rejection by a status after which the vendor may have acted",
      { auth: { ...login, unauthorized: [{ status: 401 }, { status: [403, 502] }] } },
      "/auth/unauthorized/1/status: cannot be 500 or above: there the vendor may have acted all the same",
    ],
    [
      "a rejection by any answer",
      { auth: { ...login, unauthorized: {} } },
      "/auth/unauthorized: says nothing, so that it would always hold",
    ],
  ])("hears of %s", (_, wrong, text) => {
    expect(complaints(wrong)).toEqual([text]);
  });

  it.each<[string, object]>([
    [
      "a login that gives cookies alone",
      { auth: { ...login, accessToken: undefined, send: { cookies: true } } },
    ],
    ["a type of all bodies", { headers: { "Content-Type": "application/vnd.acme+json" } }],
    ["a list as JSON", { operations: { revoke: { method: "POST", body: ["{keyId}"] } } }],
    ["a credential of its own name", { auth: { scheme: "headers", headers: { "X-A": "{applicationKey}" } } }],
  ])("is not refused for %s", (_, right) => {
    expect(complaints(right)).toEqual([]);
  });
});
