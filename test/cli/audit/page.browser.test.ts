import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import axe, { type AxeResults } from "axe-core";
import { formatNamed } from "../../../cli/audit/formats";
import { htmlReport } from "../../../cli/audit/html/page";
import { printable } from "../../../provider/redaction/printable";
import { hostileNames, hostileReport, organisationReport, reportOf } from "../../support/auditReport";
import { inChromium, useChromium } from "../../support/process/chromium";

const organisation = htmlReport(organisationReport(60));
const hostile = htmlReport(hostileReport());
const pages = {
  "keys of every kind": htmlReport(organisationReport(25)),
  "hostile names": hostile,
  "no key": htmlReport(reportOf([], { places: [] })),
};
const phone = { viewport: { width: 360, height: 740 }, isMobile: true };

inChromium("the page of audit --html", () => {
  const browser = useChromium();

  it("opens with 500 keys, asks for nothing but itself, and the browser has nothing to complain of", async () => {
    const { page, requests, complaints } = await browser.open(htmlReport(organisationReport(500)));
    expect(await page.locator(".key").count()).toBe(500);
    expect(await page.locator("svg.track").count()).toBe(500);
    expect(await page.locator("#count").textContent()).toBe("500 of 500 keys");
    expect(requests).toEqual([page.url()]);
    expect(complaints).toEqual([]);
    if (process.env.APIKEYS_TIMES === undefined) return;
    const ms = await page.evaluate<number>('performance.getEntriesByType("navigation")[0].duration');
    process.stdout.write(`The report of 500 keys was there after ${Math.round(ms)} ms.\n`);
  });

  it.each([
    ["keys of every kind", "light"],
    ["keys of every kind", "dark"],
    ["hostile names", "light"],
    ["no key", "dark"],
  ] as const)("has nothing that axe finds fault with, with %s, %s", async (what, colorScheme) => {
    // The page's own policy would not let axe in.
    const { page } = await browser.open(pages[what], { colorScheme, bypassCSP: true });
    await page.addScriptTag({ content: axe.source });
    const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    expect(passes.length).toBeGreaterThan(10);
  });

  it.each(Object.entries(pages))("is not wider than a phone of 360 pixels, with %s", async (_, html) => {
    const { page } = await browser.open(html, phone);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
  });

  it("shows names as they are written, whatever they look like, and runs nothing of them", async () => {
    const { page, complaints } = await browser.open(hostile);
    const shown = (text: string) => printable(text).replaceAll(/\s+/g, " ").trim();
    const names = (await page.locator(".key h3").allTextContents()).map(shown);
    expect([...new Set(names)].sort()).toEqual(hostileNames.map(shown).sort());
    expect(await page.locator("img, iframe, object, form, script:not(body > script)").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("has a policy that lets no script in and nothing out", async () => {
    const server = createServer((_, response) => response.end()).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const { page, complaints } = await browser.open(organisation);
    const attempts = [
      `fetch("http://127.0.0.1:${port}")`,
      `document.body.innerHTML = "<p>gone</p>"`,
      `document.createElement("script").text = "document.title = 'taken'"`,
    ];
    const tried = await Promise.all(
      attempts.map((act) =>
        page.evaluate<string>(
          `(async () => { ${act.replace(/^fetch/, "await fetch")}; return "done"; })().catch(({ name }) => name)`,
        ),
      ),
    );
    expect(tried).toEqual(["TypeError", "TypeError", "TypeError"]);
    expect(await page.title()).toBe("API keys, 2026-11-29");
    expect(complaints.filter((text) => /Content Security Policy/.test(text)).length).toBeGreaterThan(0);
    server.close();
  });

  it("shows everything without script, and no control that would do nothing", async () => {
    const { page } = await browser.open(organisation, { javaScriptEnabled: false });
    expect(await page.locator(".key:visible").count()).toBe(60);
    expect(await page.locator("#filters").isVisible()).toBe(false);
    expect(await page.locator("#none").isVisible()).toBe(false);
  });

  it("filters by service, stack, state and text, tells how many are left, and shows all again", async () => {
    const { page } = await browser.open(organisation);
    const count = () => page.locator(".key:visible").count();
    await page.getByLabel("Service").selectOption("SendKit");
    expect(await count()).toBe(20);
    await page.getByLabel("Stack").selectOption("web/prod");
    expect(await count()).toBeLessThan(20);
    expect(new Set(await page.locator(".key:visible .held").allTextContents()).size).toBeGreaterThan(0);
    for (const held of await page.locator(".key:visible .held").allTextContents())
      expect(held).toMatch(/^web\/prod\//);
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByRole("combobox", { name: "State" }).selectOption("unmanaged");
    expect(await count()).toBe(3);
    expect(await page.getByRole("status").textContent()).toBe("3 of 60 keys");
    await page.getByLabel("Text").fill("MAILER sendkit");
    expect([await count(), await page.locator("#none").isVisible()]).toEqual([0, true]);
    await page.getByRole("combobox", { name: "State" }).selectOption("");
    expect(await count()).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Show all" }).click();
    expect(await count()).toBe(60);
  });

  it("leads from what needs a hand to the key, also where the filters hide it", async () => {
    const { page } = await browser.open(organisation);
    await page.getByLabel("Text").fill("no such key");
    const link = page.locator(".group a").first();
    await link.click();
    const target = page.locator(`${await link.getAttribute("href")}`);
    expect(await target.locator("h3").textContent()).toBe(await link.textContent());
    expect(await target.isVisible()).toBe(true);
  });

  it("prints dark on light, unfolded, and without controls", async () => {
    const { page } = await browser.open(htmlReport(organisationReport(500)), { colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#filters").isVisible()).toBe(false);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator("details a:visible").count()).toBe(await page.locator("details a").count());
    expect(await page.locator("details").count()).toBeGreaterThan(0);
  });
});

inChromium("the XML of audit --format junit", () => {
  const browser = useChromium();

  it("is read by a real parser as what it was made of, with hostile names", async () => {
    const { page } = await browser.open("<!doctype html><title>empty</title>");
    const xml = JSON.stringify(formatNamed("junit")(hostileReport()));
    const found = await page.evaluate<{ messages: string[] }>(`(() => {
      const xml = new DOMParser().parseFromString(${xml}, "application/xml");
      return {
        errors: xml.querySelectorAll("parsererror").length,
        cases: xml.querySelectorAll("testcase").length,
        messages: [...xml.querySelectorAll("error")].map((error) => error.getAttribute("message")),
      };
    })()`);
    expect(found).toMatchObject({ errors: 0, cases: 3 * hostileNames.length });
    expect(found.messages[0]).toBe(hostileNames[0]);
  });
});
