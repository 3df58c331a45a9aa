import { writeFileSync } from "node:fs";
import path from "node:path";
import { Connections } from "../../provider/connection/connections";
import { Authority, canIssue } from "../support/http/certificates";
import { canary, failure } from "../support/http/loopback";

const acme = { name: "acme", title: "Acme", baseUrl: "https://acme.example", credentials: [["token"]] };

function resolve(setting: object, environment: Record<string, string> = {}) {
  return new Connections(JSON.stringify({ prod: { token: "token", ...setting } }), environment).resolve(
    "prod",
    acme,
  );
}

(canIssue ? describe : describe.skip)("the PEM files of a connection", () => {
  const authority = canIssue ? new Authority("acme") : undefined;
  afterAll(() => authority?.remove());
  const files = (() => {
    if (!authority) return undefined;
    const [one, two] = [authority.issue("one"), authority.issue("two")];
    const junkFile = path.join(authority.folder, "junk.pem");
    writeFileSync(junkFile, `-----BEGIN CERTIFICATE-----\n${canary}\n-----END CERTIFICATE-----\n`);
    return { ca: authority.ca, one, two, junkFile, missing: path.join(authority.folder, "missing.pem") };
  })();
  const made = () => {
    if (!files) throw new Error("no certificates");
    return files;
  };

  it("are read from paths, of which a relative one starts at the working folder", () => {
    const { ca, one } = made();
    const caFile = path.relative(process.cwd(), ca.certFile);
    const { network } = resolve({ caFile, certFile: one.certFile, keyFile: one.keyFile });
    expect(network).toEqual({ certificates: { ca: ca.cert, cert: one.cert, key: one.key } });
  });

  it("come from the environment first, the certificate and its key together", () => {
    const { ca, one, two } = made();
    const config = { caFile: ca.certFile, certFile: one.certFile, keyFile: one.keyFile };
    const environment = { APIKEYS_PROD_CERT_FILE: two.certFile, APIKEYS_PROD_KEY_FILE: two.keyFile };
    expect(resolve(config, environment).network).toEqual({
      certificates: { ca: ca.cert, cert: two.cert, key: two.key },
    });
  });

  const place = (name: string, variable: string) =>
    `by the environment variable APIKEYS_PROD_${variable} or the config key apikeys:connections.prod.${name}.`;

  it.each<[string, () => object, string | (() => string)]>([
    [
      "half of a client certificate",
      () => ({ certFile: made().one.certFile }),
      `has certFile but no keyFile: set keyFile too, ${place("keyFile", "KEY_FILE")}`,
    ],
    [
      "the other half",
      () => ({ keyFile: made().one.keyFile }),
      `has keyFile but no certFile: set certFile too, ${place("certFile", "CERT_FILE")}`,
    ],
    [
      "a file that is not there",
      () => ({ caFile: made().missing }),
      () =>
        `has the caFile ${made().missing}, which cannot be read (ENOENT): correct it, ${place("caFile", "CA_FILE")}`,
    ],
    [
      "no certificates at all",
      () => ({ caFile: made().one.keyFile }),
      `has a caFile that is no PEM file of certificates: correct it, ${place("caFile", "CA_FILE")}`,
    ],
    [
      "a broken certificate",
      () => ({ certFile: made().junkFile, keyFile: made().one.keyFile }),
      `has a certFile that is no PEM file of a certificate: correct it, ${place("certFile", "CERT_FILE")}`,
    ],
    [
      "a broken authority",
      () => ({ caFile: made().junkFile }),
      `has a caFile that is no PEM file of certificates: correct it, ${place("caFile", "CA_FILE")}`,
    ],
    [
      "a certificate for a key",
      () => ({ certFile: made().one.certFile, keyFile: made().one.certFile }),
      `has a keyFile that is no PEM file of a private key without a passphrase: correct it, ${place("keyFile", "KEY_FILE")}`,
    ],
    [
      "the key of another certificate",
      () => ({ certFile: made().one.certFile, keyFile: made().two.keyFile }),
      `has a keyFile that is not the private key of the certificate in certFile: correct it, ${place("keyFile", "KEY_FILE")}`,
    ],
  ])("are refused, without what they hold: %s", async (_, setting, problem) => {
    const error = await failure(() => resolve(setting()));
    expect(error).toMatchObject({ code: "CONFIGURATION" });
    expect(error.message).toBe(`Connection "prod" ${typeof problem === "string" ? problem : problem()}`);
  });
});
