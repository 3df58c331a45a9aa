import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Whether certificates can be made here at all. */
export const canIssue = (() => {
  try {
    return execFileSync("openssl", ["version"], { encoding: "utf8" }).startsWith("OpenSSL");
  } catch {
    return false;
  }
})();

/** A certificate with its private key: where they are, and their PEM texts. */
export interface Issued {
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: string;
  readonly key: string;
}

/** An authority of its own, made for one test file, that nobody else trusts. */
export class Authority {
  readonly folder = mkdtempSync(path.join(tmpdir(), "apikeys-ca-"));
  readonly ca: Issued;

  constructor(name: string) {
    this.ca = this.#request("ca", name, [
      "-x509",
      "-days",
      "2",
      "-addext",
      "basicConstraints=critical,CA:TRUE",
    ]);
  }

  /** @param hosts names or addresses that the certificate is for; none for a client's */
  issue(name: string, hosts: readonly string[] = []): Issued {
    const names = hosts.map((host) => (/^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`)).join(",");
    const extensions = hosts.length > 0 ? ["-addext", `subjectAltName=${names}`] : [];
    const { certFile, keyFile } = this.ca;
    return this.#request(name, name, [
      "-x509",
      "-days",
      "2",
      "-CA",
      certFile,
      "-CAkey",
      keyFile,
      ...extensions,
    ]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #request(file: string, name: string, options: readonly string[]): Issued {
    const certFile = path.join(this.folder, `${file}.pem`);
    const keyFile = path.join(this.folder, `${file}.key`);
    const configFile = path.join(this.folder, "openssl.cnf");
    // Without the extensions that a system's own configuration would add.
    writeFileSync(configFile, "[req]\ndistinguished_name = name\n[name]\n");
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    const places = ["-keyout", keyFile, "-out", certFile, "-config", configFile, "-subj", `/CN=${name}`];
    execFileSync("openssl", ["req", ...key, ...places, ...options], { stdio: "pipe" });
    return { certFile, keyFile, cert: readFileSync(certFile, "utf8"), key: readFileSync(keyFile, "utf8") };
  }
}
