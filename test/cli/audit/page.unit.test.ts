import { createHash } from "node:crypto";
import { htmlReport } from "../../../cli/audit/html/page";
import { scaleOf } from "../../../cli/audit/html/scale";
import { protect } from "../../../provider/redaction/redactor";
import {
  daysFrom,
  hostileReport,
  organisationReport,
  reportedKey,
  reportMs,
  reportOf,
} from "../../support/auditReport";

const dayMs = 86_400_000;

/** The part of a page about one key, by its name. */
function rowOf(page: string, name: string): string {
  const row = page.split('<li class="key"').find((part) => part.includes(`<h3>${name}</h3>`));
  if (row === undefined) throw new Error(`There is no key ${name}.`);
  return row;
}

/** Names of the keys, in the order in which they are shown. */
const namesIn = (page: string) =>
  [...page.matchAll(/<li class="key"[\s\S]*?<h3>(.*?)<\/h3>/g)].map(([, name]) => name);

describe("the page of audit --html", () => {
  it.each([
    ["an organisation", organisationReport(60)],
    ["hostile names", hostileReport()],
  ])("names its one script and its one style by their hashes, and has no other code, for %s", (_, report) => {
    const page = htmlReport(report);
    const parts = (tag: string) => [...page.matchAll(new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`, "g"))];
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(page)?.[1];
    expect(policy?.split("; ").filter((part) => !/^(script|style)-src/.test(part))).toEqual([
      "default-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    for (const tag of ["script", "style"]) {
      const [[, text = ""] = [], ...others] = parts(tag);
      expect(others).toEqual([]);
      expect(policy?.split("; ")).toContain(
        `${tag}-src 'sha256-${createHash("sha256").update(text).digest("base64")}'`,
      );
    }
    const markup = page.replace(/<(script|style)>[\s\S]*?<\/\1>/g, "");
    for (const tag of markup.match(/<[a-z][^>]*>/g) ?? []) {
      expect(tag.replaceAll(/="[^"]*"/g, "=")).not.toMatch(/ (on\w+|style|src|srcdoc|action|formaction)=/);
      expect(tag).not.toMatch(/ href="(?!#key-\d+")/);
    }
  });

  it("has no secret that this process knows, even where a name is one", () => {
    const secret = "canary-0a1b2c3d4e5f60718293a4b5c6d7e8f9";
    protect(secret);
    const page = htmlReport(
      reportOf([reportedKey("k", { name: secret })], { failures: [`It said ${secret}.`] }),
    );
    expect(page).not.toContain("canary-0a1b2c3d4e5f6071");
    expect(page).toContain("<h3>[secret]</h3>");
  });

  it("has none of a key's other fields: a vendor may show in one what opens something", () => {
    const fields = { name: "ci", value: "canary-v", secretHint: "canary-h", prefix: "canary-p" };
    const outputs = { value: { ciphertext: "canary-c" }, fingerprint: "canary-f" };
    expect(htmlReport(reportOf([reportedKey("k", fields, { outputs })]))).not.toContain("canary");
  });

  it("has first what fails the audit, then what needs something soonest, and last what needs nothing", () => {
    const page = htmlReport(
      reportOf([
        reportedKey("1", { name: "calm" }),
        reportedKey("2", { name: "later", expiresAt: daysFrom(40) }),
        reportedKey("3", { name: "sooner", expiresAt: daysFrom(90) }, { outputs: { dueAt: daysFrom(20) } }),
        reportedKey("4", { name: "overdue" }, { outputs: { dueAt: daysFrom(-1) }, findings: ["expiring"] }),
        reportedKey(
          "6",
          { name: "gone" },
          { outputs: { dueAt: daysFrom(-9) }, ownership: "missing", findings: ["missing"] },
        ),
        reportedKey("5", { name: "stray" }, { ownership: "unmanaged", findings: ["unmanaged"] }),
      ]),
    );
    expect(namesIn(page)).toEqual(["gone", "stray", "overdue", "sooner", "later", "calm"]);
    expect(page.match(/<h3>\d+ [\w-]+<\/h3>/g)).toEqual([
      "<h3>1 unmanaged</h3>",
      "<h3>1 missing</h3>",
      "<h3>1 overdue</h3>",
      "<h3>1 expiring</h3>",
    ]);
    expect(rowOf(page, "overdue")).toContain('<li class="soon">overdue</li>');
  });

  it("tells each date of a key in words, and draws each", () => {
    const current = reportedKey(
      "1",
      { name: "new", createdAt: daysFrom(-2), lastUsedAt: daysFrom(-0.25), expiresAt: daysFrom(88) },
      { outputs: { rotatedAt: daysFrom(-2), dueAt: daysFrom(74), generation: 2 } },
    );
    const previous = reportedKey(
      "2",
      { name: "old", createdAt: daysFrom(-92) },
      { role: "previous", outputs: { rotatedAt: daysFrom(-2), previousRevokeAt: daysFrom(5) } },
    );
    const page = htmlReport(reportOf([current, previous]));
    const told = (name: string) =>
      [...rowOf(page, name).matchAll(/<dt>(.*?)<\/dt><dd><time[^>]*>(.*?)<\/time> (.*?)<\/dd>/g)].map(
        (parts) => parts.slice(1).join(" "),
      );
    expect(told("new")).toEqual([
      "Renewed 2026-11-27 2 days ago",
      "Last used 2026-11-29 6 h ago",
      "Due 2027-02-11 in 74 days",
      "Expires 2027-02-25 in 88 days",
    ]);
    expect(told("old")).toEqual(["Made 2026-08-29 92 days ago", "Overlap ends 2026-12-04 in 5 days"]);
    const drawn = (name: string) =>
      [...rowOf(page, name).matchAll(/<(?:rect|svg) class="(\w+)"/g)].map(([, kind]) => kind);
    expect(drawn("new")).toEqual(["track", "life", "ahead", "renewed", "used", "due", "expires"]);
    expect(drawn("old")).toEqual(["track", "life", "ahead", "overlap", "born"]);
    expect(rowOf(page, "old")).toContain('<p class="held">dev/ci (previous)</p>');
  });

  it("tells when a key was made also where its value was renewed since", () => {
    const page = (outputs: object) =>
      htmlReport(
        reportOf([reportedKey("1", { name: "ci", createdAt: daysFrom(-30) }, { outputs: { ...outputs } })]),
      );
    const rotatedAt = daysFrom(-2);
    expect(page({ rotatedAt })).toMatch(/<dt>Made<\/dt>.*30 days ago.*<dt>Renewed<\/dt>.*2 days ago/);
    // One that was taken over then was not renewed.
    expect(page({ rotatedAt, adopt: "1" })).not.toContain("<dt>Renewed</dt>");
  });

  it("draws no future of a key that works no more", () => {
    const page = htmlReport(
      reportOf([
        reportedKey(
          "1",
          { name: "gone", createdAt: daysFrom(-20) },
          { ownership: "missing", findings: ["missing"] },
        ),
      ]),
    );
    expect(rowOf(page, "gone")).not.toContain('class="ahead"');
  });

  it("says that nothing needs a hand only where everything could be read", () => {
    const calm = [reportedKey("1", { name: "ci" })];
    expect(htmlReport(reportOf(calm))).toContain("every key is where it belongs");
    const partly = htmlReport(reportOf(calm, { failures: ["The stack prod could not be read."] }));
    expect(partly).toContain("Nothing, as far as it could be read.");
    expect(partly).toContain("What could not be read");
  });
});

describe("the scale of the timelines", () => {
  const at = (days: number) => reportMs + days * dayMs;

  it("reaches a month both ways at least, and a year at most; what is beyond is at the end", () => {
    expect(scaleOf([], reportMs)).toMatchObject({
      fromMs: reportMs - 30 * dayMs * 1.04,
      toMs: reportMs + 30 * dayMs * 1.04,
    });
    const wide = scaleOf([at(-4_000), at(4_000)], reportMs);
    expect([wide.fromMs, wide.toMs]).toEqual([at(-365), at(365)]);
    expect([wide.percent(at(-4_000)), wide.percent(reportMs), wide.percent(at(4_000))]).toEqual([0, 50, 100]);
  });

  it("names months, or quarters where there are many, and a January by its year", () => {
    const labels = (from: number, to: number) =>
      scaleOf([at(from), at(to)], reportMs).ticks.map(({ label }) => label);
    expect(labels(-60, 60)).toEqual(["Oct", "Nov", "Dec", "2027"]);
    expect(labels(-300, 300)).toEqual(["Apr", "Jul", "Oct", "2027", "Apr", "Jul", "Oct"]);
  });
});
