import { examine } from "../../provider/definition/examine";
import { problemText } from "../../provider/definition/registry";
import { closeAll, json, serve } from "../support/http/loopback";
import { parse } from "../support/vendor/definitions";
import { overHttp } from "../support/vendor/overHttp";

afterEach(closeAll);

const prod = { name: "prod", credentials: { token: "t" }, policy: { attempts: 1 }, listLagMs: 0 } as const;

it("the id of a new key can come from the Location header", async () => {
  const { url } = await serve((response) => json(response, 201, { value: "v" }, { location: "/keys/k7" }));
  const id = { wire: { created: { header: "Location", part: "[^/]+$" }, read: "id" } };
  const vendor = overHttp(parse({ name: "acme", path: "/keys", fields: { id } }), {
    ...prod,
    baseUrl: new URL(url),
  });
  expect(await vendor.create({}, { name: "ci" })).toMatchObject({ id: "k7", value: "v" });
});

it('a list can end with a next link that says results="false"', async () => {
  const { received, url } = await serve((response, { url: address }) => {
    const isLast = address.includes("cursor=2");
    const link = `<${url}/keys?cursor=${isLast ? 3 : 2}>; rel="next"; results="${!isLast}"`;
    json(response, 200, [{ id: isLast ? "k2" : "k1" }], { link });
  });
  const operations = { list: { pagination: { style: "link" } } } as const;
  const vendor = overHttp(parse({ name: "acme", path: "/keys", operations }), {
    ...prod,
    baseUrl: new URL(url),
  });
  expect((await vendor.list?.({}, "fresh"))?.map(({ id }) => id)).toEqual(["k1", "k2"]);
  expect(received).toHaveLength(2);
});

it("identify with reveal is refused: the value could not be asked for", () => {
  const operations = {
    create: { identify: "name" },
    reveal: { method: "GET", path: "/keys/{keyId}/secret" },
  };
  expect((examine({ name: "acme", path: "/keys", operations }).problems ?? []).map(problemText)).toEqual([
    "/operations/create/identify: cannot go with reveal, which asks for the value by the id that the response to create has to hold",
  ]);
});
