import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const executable = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) =>
  existsSync(file),
);

/** Where there is no Chromium, its tests are skipped and counted. */
export const inChromium = executable === undefined ? describe.skip : describe;

/** Without these, Chromium asks for servers of its makers' at every start. */
const quiet = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

/** A page as a browser shows it, and what it did. */
export interface OpenPage {
  readonly page: Page;
  /** Addresses that were asked for. */
  readonly requests: readonly string[];
  /** What the browser complained about, and the dialogs that opened. */
  readonly complaints: readonly string[];
}

/** One headless browser for all tests of a suite. */
export function useChromium() {
  const held: { browser?: Browser; folder?: string } = {};
  beforeAll(async () => {
    held.folder = mkdtempSync(path.join(tmpdir(), "pulumi-apikeys-page-"));
    held.browser = await chromium.launch({ ...(executable && { executablePath: executable }), args: quiet });
  });
  afterAll(async () => {
    await held.browser?.close();
    if (held.folder) rmSync(held.folder, { recursive: true });
  });
  return {
    /** Opens HTML as a file of a new browser profile. */
    async open(html: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
      if (!held.browser || !held.folder) throw new Error("Chromium was not started.");
      const file = path.join(held.folder, "report.html");
      writeFileSync(file, html);
      const context = await held.browser.newContext(options);
      const page = await context.newPage();
      const [requests, complaints]: [string[], string[]] = [[], []];
      page.on("request", (request) => requests.push(request.url()));
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("dialog", (dialog) => {
        complaints.push(dialog.message());
        void dialog.dismiss();
      });
      await page.goto(pathToFileURL(file).href);
      return { page, requests, complaints };
    },
  };
}
