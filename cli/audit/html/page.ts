import { createHash } from "node:crypto";
import { instantText } from "../../../provider/base/time";
import { type AuditReport, failureText, reportedKeys, summary } from "../report";
import { attention } from "./attention";
import { filters } from "./filters";
import { keyRow, type ShownKey, shownKeys } from "./keyRow";
import { html, Markup } from "./markup";
import { scaleOf } from "./scale";
import { script } from "./script";
import { style } from "./style";
import { axis, legend } from "./timeline";

/**
 * A report as one page that needs nothing else: no network, no script or style but the two in it, which its policy names by
 * their hashes. Without script it shows the same, unfiltered. No value or credential is in it.
 */
export function htmlReport(report: AuditReport): string {
  const keys = reportedKeys(report);
  const shown = shownKeys(report, keys);
  const moments = shown.flatMap(({ times }) => Object.values(times).filter((ms) => ms !== undefined));
  const scale = scaleOf(moments, report.atMs);
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  const at = instantText(report.atMs);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>API keys, ${at.slice(0, 10)}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<header><h1>API keys</h1>
<p>${summary(keys)} Audited at <time datetime="${at}">${at}</time>, ${stacksText(report.stacks)}.</p></header>
<main>
${report.failures.length === 0 ? undefined : unread(report.failures)}${attention(report, shown)}<section aria-labelledby="all"><h2 id="all">All keys</h2>
${shown.length === 0 ? html`<p>There are none: no stack that was read has an API key.</p>` : list(shown)}</section>
</main>
<script>${new Markup(script)}</script>
</body>
</html>
`;
  return page.text;

  function list(all: readonly ShownKey[]): Markup {
    return html`${filters(all)}${legend()}
<div class="axis-of">${axis(scale)}</div>
<ul class="keys">
${all.map((one) => keyRow(report, scale, one))}</ul>
<p id="none" hidden>No key is like that.</p>`;
  }
}

function unread(failures: readonly string[]): Markup {
  return html`<section class="group bad" aria-labelledby="unread"><h2 id="unread">What could not be read</h2>
<ul>${failures.map(
    (failure) =>
      html`<li>${failureText(failure)
        .split("\n")
        .map((line) => html`<span class="line">${line}</span>`)}</li>`,
  )}</ul></section>
`;
}

function stacksText(stacks: readonly string[]): Markup {
  const [one] = stacks;
  if (stacks.length === 0) return html`of no stack`;
  if (one !== undefined && stacks.length === 1) return html`of the stack ${one}`;
  return html`of ${stacks.length} stacks`;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text, "utf8").digest("base64")}`;
}
