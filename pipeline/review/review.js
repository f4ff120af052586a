"use strict";
/* One key is one press of a button of the page; without this script the buttons do the same. */
(() => {
  const get = (id) => document.getElementById(id);
  const help = get("help");
  let sent = false;
  const press = (id) => { const button = get(id); if (button && !sent) { sent = true; button.click(); } };
  const submit = (id) => { const form = get(id); if (form && !sent) { sent = true; form.submit(); } };
  const turn = () => {
    const modality = get("modality");
    if (!modality) return;
    modality.value = modality.value === "achieved" ? "planned" : "achieved";
    press("change");
  };
  const categorize = (number) => {
    const category = get("category");
    if (!category || number > category.options.length) return;
    category.selectedIndex = number - 1; press("change");
  };

  /* Where a selection begins in the document's restored text: what stands before it on the page. */
  const offset = (text, range) => {
    const before = range.cloneRange();
    before.selectNodeContents(text); before.setEnd(range.startContainer, range.startOffset);
    return Number(text.dataset.start) + Array.from(before.toString()).length;
  };
  const add = () => {
    const text = get("text"), form = get("add"), selection = window.getSelection();
    if (!form) return;
    const words = selection.toString().trim();
    if (!words || !text.contains(selection.anchorNode)) { form.elements.words.focus(); return; }
    form.elements.words.value = words;
    form.elements.around.value = offset(text, selection.getRangeAt(0));
    submit("add");
  };

  const keys = { a: () => press("accept"), Enter: () => press("accept"), x: () => press("reject"), s: () => press("skip"),
    u: () => submit("undo"), d: () => submit("complete"), n: add, m: turn, e: () => get("value") && get("value").select(),
    c: () => get("label") && get("label").focus(), "?": () => help.showModal() };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || event.repeat) return;
    const tag = event.target.tagName;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(tag)) {
      if (event.key === "Escape") event.target.blur();
      if (event.key === "Enter" && event.target.id === "label") { event.preventDefault(); submit("section"); return; }
      if (event.key === "Enter" && event.target.form && event.target.form.id === "fields") { event.preventDefault(); press("change"); }
      return;
    }
    if (event.key === "Enter" && /^(A|BUTTON|SUMMARY)$/.test(tag)) return;
    const run = keys[event.key] || (/^[1-9]$/.test(event.key) && (() => categorize(Number(event.key))));
    if (run) { event.preventDefault(); run(); }
  });
  get("help-button").addEventListener("click", () => help.showModal());
  const here = get("here"), text = get("text");
  if (here && text) text.scrollTop = here.offsetTop - text.offsetTop - text.clientHeight / 2;
})();
