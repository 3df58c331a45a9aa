import { type Finding, findings } from "../findings";
import { type AuditReport, keyName } from "../report";
import { meanings, remedies } from "../sentences";
import type { ShownKey } from "./keyRow";
import { html, type Markup, withCode } from "./markup";

/** So many keys of a group are named at once; the others unfold. */
const namedAtOnce = 12;

interface Group {
  readonly title: string;
  readonly kind: "bad" | "soon";
  readonly advice: string;
  readonly keys: readonly ShownKey[];
}

/** What needs somebody's hand, what fails the audit first. */
export function attention(report: AuditReport, keys: readonly ShownKey[]): Markup {
  const groups = groupsOf(report, keys);
  const nothing =
    report.failures.length > 0
      ? "Nothing, as far as it could be read."
      : "Nothing: every key is where it belongs, works, and is renewed in time.";
  return html`<section aria-labelledby="hand"><h2 id="hand">What needs somebody's hand</h2>
${groups.length === 0 ? html`<p>${nothing}</p>` : html`<div class="groups">${groups.map(groupBox)}</div>`}</section>
`;
}

function groupsOf(report: AuditReport, keys: readonly ShownKey[]): Group[] {
  const group = (finding: Finding): Group => ({
    title: finding,
    kind: report.failing.includes(finding) ? "bad" : "soon",
    advice: `${meanings[finding]} ${remedies[finding]}`,
    keys: keys.filter(({ key }) => key.findings.includes(finding)),
  });
  const found = findings.map(group);
  const overdue: Group = {
    title: "overdue",
    kind: "soon",
    advice: "A renewal, or the end of an overlap, is past its date. Run `pulumi up`.",
    keys: keys.filter(({ states }) => states.includes("overdue")),
  };
  const unknown: Group = {
    title: "unknown",
    kind: "soon",
    advice:
      "A key is in no stack that was read, and not every stack was. Mend what could not be read, and audit again.",
    keys: keys.filter(({ key }) => key.ownership === "unknown"),
  };
  const all = [
    ...found.filter(({ kind }) => kind === "bad"),
    overdue,
    ...found.filter(({ kind }) => kind === "soon"),
    unknown,
  ];
  return all.filter((one) => one.keys.length > 0);
}

function groupBox({ title, kind, advice, keys }: Group): Markup {
  const rest = keys.slice(namedAtOnce);
  return html`<div class="group ${kind}"><h3>${keys.length} ${title}</h3><p>${withCode(advice)}</p>
<ul>${keys.slice(0, namedAtOnce).map(link)}</ul>${
    rest.length === 0
      ? undefined
      : html`<details><summary>and ${rest.length} more</summary><ul>${rest.map(link)}</ul></details>`
  }</div>
`;
}

function link({ id, key }: ShownKey): Markup {
  return html`<li><a href="#${id}">${keyName(key)}</a></li>`;
}
