import { policedKey } from "../../policy/resources/policedKey";
import { rules } from "../../policy/rules";
import { ruleOf, settingsOf, shown } from "./violations";

/** Inputs of which one is not known yet, as `@pulumi/policy` shows them. */
class NotKnown extends Error {}
const withUnknown = (props: object, name: string) =>
  Object.defineProperty({ ...props }, name, {
    enumerable: true,
    get: () => {
      throw new NotKnown(name);
    },
  });

describe("a resource", () => {
  it.each([
    ["pulumi-nodejs:dynamic/apikeys:ApiKey", { service: "xentree" }],
    ["apikeys:xentree:ApiKey", {}],
    ["apikeys:index:ApiKey", { service: "xentree" }],
    ["apikeys:index:ApiKey", { service: undefined, definition: '{"name":"acme","path":"/keys"}' }],
    ["acme:index:ApiKey", { service: "acme", connection: "acme" }],
  ])("of type %s is a key", (type, props) => {
    expect(policedKey(shown("ci", props, { type }))?.name).toBe("ci");
  });

  it.each([
    ["pulumi-nodejs:dynamic:Resource", {}],
    ["aws:apigateway/apiKey:ApiKey", {}],
    ["acme:index:ApiKey", { service: "other" }],
    ["acme:keys:ApiKey", { service: "acme" }],
    ["pulumi:providers:apikeys", {}],
  ])("of type %s is none", (type, props) => {
    expect(policedKey(shown("ci", props, { type }))).toBeUndefined();
  });

  it("has the fields of its service where a program without generated code puts them", () => {
    const key = policedKey(shown("ci", { fields: { permissions: ["*"] } }, { type: "apikeys:index:ApiKey" }));
    expect([key?.names.includes("permissions"), key?.input("permissions")]).toEqual([true, ["*"]]);
  });

  it("is called as its definition says, also where that is the text of a file, and else by its service", () => {
    const definition = JSON.stringify({
      name: "acme",
      title: "Acme Cloud",
      baseUrl: "https://a.example",
      path: "/k",
    });
    const titles = [{ definition }, { definition: "{" }].map(
      (props) => policedKey(shown("ci", { service: "acme", ...props }))?.title,
    );
    expect(titles).toEqual(["Acme Cloud", "acme"]);
  });
});

describe("an argument that is not known yet", () => {
  const stoppedBy = (unknown: string) =>
    rules.flatMap(({ name }) => {
      const resource = shown("ci", { name: "ci", permissions: ["a"], allowedIps: ["10.0.0.0/8"] });
      const key = policedKey({ ...resource, props: withUnknown(resource.props, unknown) });
      const rule = ruleOf(name);
      if (!key || !("judge" in rule)) return [];
      try {
        rule.judge(key, settingsOf(name, { maxDays: 90, pattern: "^c", allow: ["xentree"] }));
        return [];
      } catch (error) {
        expect(error).toBeInstanceOf(NotKnown);
        return [name];
      }
    });

  it.each([
    ["name", ["api-key-name"]],
    ["permissions", ["api-key-no-wildcard-permission"]],
    ["allowedIps", ["api-key-allowed-addresses"]],
    ["expiresIn", ["api-key-lifetime", "api-key-renewed-by-time"]],
    ["deliver", ["api-key-value-in-store-only"]],
  ])("%s stops the rules that need it, and no others", (name, expected) => {
    expect(stoppedBy(name)).toEqual(expected);
  });
});
