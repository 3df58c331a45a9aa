import { type ShownKey, stacksOf } from "./keyRow";
import { html, type Markup } from "./markup";

/** The controls above the list. They need the script, which shows them. */
export function filters(keys: readonly ShownKey[]): Markup {
  const services = sorted(keys.map(({ key }) => key.place.definition.title));
  const stacks = sorted(keys.flatMap(({ key }) => stacksOf(key)));
  const states = [...new Set(keys.flatMap((one) => one.states))].sort();
  return html`<search id="filters" hidden>
<label for="text">Text <input id="text" type="search" autocomplete="off" spellcheck="false"></label>
${select("service", "Service", services)}${select("stack", "Stack", stacks)}${select("state", "State", states)}
<button id="clear" type="button">Show all</button>
<p id="count" role="status"></p>
</search>
`;
}

function select(id: string, label: string, values: readonly string[]): Markup {
  return html`<label for="${id}">${label} <select id="${id}"><option value="">all</option>${values.map(
    (value) => html`<option value="${value}">${value}</option>`,
  )}</select></label>
`;
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort((one, other) => one.localeCompare(other));
}
