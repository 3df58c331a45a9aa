import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repository } from "../support/engine/environment";

const hasGo = spawnSync("go", ["version"]).status === 0;
const folder = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-macho-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program for macOS, as Go's linker makes it. */
function linked(arch: string): Buffer {
  const [source, out] = [path.join(folder, "main.go"), path.join(folder, arch)];
  writeFileSync(source, "package main\n\nfunc main() {}\n");
  const env = { ...process.env, GOOS: "darwin", GOARCH: arch, CGO_ENABLED: "0" };
  execFileSync("go", ["build", "-o", out, source], { env, stdio: "pipe" });
  return readFileSync(out);
}

function signed(file: Buffer, identifier = "a.out"): Buffer {
  const [from, to] = [path.join(folder, "from"), path.join(folder, "to")];
  writeFileSync(from, file);
  const program = `
    import { readFileSync, writeFileSync } from "node:fs";
    import { signedAdHoc } from "./scripts/plugin/machoSignature.mts";
    writeFileSync(${JSON.stringify(to)}, signedAdHoc(readFileSync(${JSON.stringify(from)}), ${JSON.stringify(identifier)}));`;
  const node = path.join(repository, "node_modules", ".bin", "node");
  execFileSync(node, ["--input-type=module", "--eval", program], { cwd: repository, stdio: "pipe" });
  return readFileSync(to);
}

(hasGo ? describe : describe.skip)("the signature of an executable for macOS", () => {
  it("is, byte by byte, what Go's linker makes of the same program", () => {
    const whole = linked("arm64");
    const damaged = Buffer.from(whole).fill(0, whole.length - 1_000);
    expect(signed(damaged).equals(whole)).toBe(true);
  });

  it("is added, and named in the head, where there was none; whoever signs it again makes the same", () => {
    const bare = linked("amd64");
    const once = signed(bare, "pulumi-resource-apikeys");
    expect(once.length).toBeGreaterThan(bare.length);
    expect(once.readUInt32LE(16)).toBe(bare.readUInt32LE(16) + 1);
    expect(once.includes("pulumi-resource-apikeys\0")).toBe(true);
    expect(signed(once, "pulumi-resource-apikeys").equals(once)).toBe(true);
    const changed = Buffer.from(once);
    changed[5_000] = ~(changed[5_000] ?? 0) & 0xff;
    expect(signed(changed, "pulumi-resource-apikeys").equals(changed)).toBe(false);
  });
});
