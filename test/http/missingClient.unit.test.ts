import { connect } from "../../provider/api/connect";
import { xentree } from "../support/vendor/definitions";

jest.mock("undici", () => {
  throw new Error("Cannot find module 'undici'");
});

it("a create without an HTTP client was not sent, so that no note of it stays", async () => {
  const vendor = connect(xentree, {
    name: "prod",
    baseUrl: new URL("http://127.0.0.1:9"),
    credentials: { token: "t" },
    policy: { attempts: 1 },
    listLagMs: 0,
  });
  await expect(vendor.create({}, { name: "ci", permissions: ["read"] })).rejects.toMatchObject({
    code: "NOT_SENT",
    message: expect.stringContaining("the npm package undici, could not be loaded"),
  });
});
