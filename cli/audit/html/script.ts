/** The page's own script: it shows the filters, and hides the keys that they leave out. It writes no HTML. */
export const script = `"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const filters = at("filters");
  if (!filters) return;
  const [text, service, stack, state] = ["text", "service", "stack", "state"].map(at);
  const rows = [...document.querySelectorAll(".key")].map((row) => ({
    row,
    text: row.textContent.toLowerCase(),
    service: row.dataset.service,
    stacks: row.dataset.stacks.split("|"),
    states: row.dataset.states.split("|"),
  }));
  const apply = () => {
    const words = text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const one of rows) {
      const fits =
        words.every((word) => one.text.includes(word)) &&
        (service.value === "" || one.service === service.value) &&
        (stack.value === "" || one.stacks.includes(stack.value)) &&
        (state.value === "" || one.states.includes(state.value));
      one.row.hidden = !fits;
      if (fits) count++;
    }
    at("none").hidden = count > 0;
    at("count").textContent = count + " of " + rows.length + " keys";
  };
  const clear = () => {
    for (const field of [text, service, stack, state]) field.value = "";
    apply();
  };
  for (const field of [text, service, stack, state]) field.addEventListener("input", apply);
  at("clear").addEventListener("click", clear);
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.hidden) {
      clear();
      target.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  filters.hidden = false;
  apply();
})();
`;
