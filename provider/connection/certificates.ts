import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createSecureContext } from "node:tls";
import { ApiKeysError } from "../base/errors";
import { configKey, variableName } from "../base/settingNames";
import type { Certificates } from "../http/network";
import type { FileName } from "./names";

/**
 * The certificates of a connection, read and checked. Only their paths are ever configured, so that no state and no
 * config holds a private key.
 *
 * @param files paths; a relative one starts at the working folder
 * @returns undefined where no file is set
 * @throws {ApiKeysError} CONFIGURATION for a file that cannot be read or is no PEM, half of a client certificate, or a
 *   key of another one; with paths, and nothing of what the files hold
 */
export function readCertificates(
  connection: string,
  files: Readonly<Partial<Record<FileName, string | undefined>>>,
): Certificates | undefined {
  const { caFile, certFile, keyFile } = files;
  if (!caFile && !certFile && !keyFile) return undefined;
  if (!certFile !== !keyFile) {
    const [present, missing] = certFile
      ? (["certFile", "keyFile"] as const)
      : (["keyFile", "certFile"] as const);
    throw refusal(connection, present, `has ${present} but no ${missing}`, `set ${missing} too`, missing);
  }
  const certificates: Certificates = {};
  const pem = { caFile: "ca", certFile: "cert", keyFile: "key" } as const;
  for (const [name, part] of Object.entries(pem) as [FileName, keyof Certificates][]) {
    const file = files[name];
    if (file) Object.assign(certificates, { [part]: readPem(connection, name, path.resolve(file)) });
  }
  const { ca, cert, key } = certificates;
  if (ca !== undefined) check({ ca }, connection, "caFile", "is no PEM file of certificates");
  if (cert !== undefined && key !== undefined) {
    check({ cert }, connection, "certFile", "is no PEM file of a certificate");
    check({ key }, connection, "keyFile", "is no PEM file of a private key without a passphrase");
    check({ cert, key }, connection, "keyFile", "is not the private key of the certificate in certFile");
  }
  return certificates;
}

function readPem(connection: string, name: FileName, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw refusal(connection, name, `has the ${name} ${file}, which cannot be read (${code})`);
  }
}

/** OpenSSL's own message may quote the file, so it goes no further. */
function check(part: Certificates, connection: string, name: FileName, problem: string): void {
  try {
    createSecureContext(part);
    // OpenSSL passes over a broken authority without a word.
    if (part.ca !== undefined) for (const block of blocksOf(part.ca)) new X509Certificate(block);
  } catch {
    throw refusal(connection, name, `has a ${name} that ${problem}`);
  }
}

const certificateBlock = /-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----[^-]*-----END \1?CERTIFICATE-----/g;

function blocksOf(pem: string): readonly string[] {
  const blocks = pem.match(certificateBlock);
  if (!blocks) throw new Error("no certificate");
  return blocks;
}

function refusal(
  connection: string,
  name: FileName,
  problem: string,
  next = "correct it",
  place: FileName = name,
): ApiKeysError {
  return new ApiKeysError(
    "CONFIGURATION",
    `Connection "${connection}" ${problem}: ${next}, by the environment variable ${variableName(connection, place)} ` +
      `or the config key ${configKey}.${connection}.${place}.`,
  );
}
