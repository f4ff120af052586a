"use strict";
/* One key is one press of a button of the page; without this script the buttons do the same.
   A key acts on the record on show. Forms are sent one after the other while the next figure, fetched ahead, is shown at
   once; a key that comes before the next figure waits for it. What was not saved is shown again. */
(() => {
  const AHEAD = 5, PAUSE = 2000; /* pages fetched ahead; milliseconds until a server that did not answer is asked again */
  const get = (id) => document.getElementById(id);
  const help = get("help"), root = document.documentElement;
  const ahead = new Map(), failed = [];
  let held = [], left = false, refused = false, pending = 0, tail = Promise.resolve();

  /* From the server */
  const request = async (address, options) => {
    const response = await fetch(address, options);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return { page, address: response.url, right: response.ok && page.getElementById("main") !== null };
  };
  const nextOf = (page) => { const form = page.getElementById("fields"); return form && form.dataset.next; };
  const fetchAhead = async (address, depth = AHEAD) => {
    if (!address || !depth) return;
    if (!ahead.has(address)) ahead.set(address, request(address).catch(() => null));
    const found = await ahead.get(address);
    if (found && found.right) fetchAhead(nextOf(found.page), depth - 1);
  };
  const take = async (address) => {
    fetchAhead(address, 1);
    const found = await ahead.get(address);
    ahead.delete(address);
    return found && found.right && found.page.getElementById("fields") ? found : null;
  };

  /* To the server: in order, and again until it answers; it takes the same form once. */
  const deliver = async (address, options) => {
    for (;;) {
      try { return await request(address, options); } catch (error) {
        notice(`还没有保存，服务器没有回答。 Not saved yet: the server does not answer; trying again. (${pending})`);
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
  };
  const post = (form, button, headers = {}) => {
    const address = form.getAttribute("action"), body = new URLSearchParams(new FormData(form, button));
    pending += 1; root.dataset.sending = "";
    const answer = tail.then(() => deliver(address, { method: "POST", body, headers })).then((found) => { refresh(found.page); return found; });
    tail = answer.then(() => { pending -= 1; if (!pending) delete root.dataset.sending; });
    return answer;
  };

  /* On the page */
  const notice = (words) => { get("notice").textContent = words; get("notice").hidden = !words; };
  const replace = (page, id) => { const part = page.getElementById(id); if (part) get(id).replaceWith(document.adoptNode(part)); };
  const refresh = (page) => { notice(""); replace(page, "standing"); replace(page, "undo"); };
  const leave = () => { left = true; get("main").setAttribute("aria-busy", "true"); };
  const stay = () => { left = false; held = []; get("main").removeAttribute("aria-busy"); };
  const editing = () => /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
  const place = () => {
    const here = get("here"), text = get("text");
    if (here && text) text.scrollTop = here.offsetTop - text.offsetTop - text.clientHeight / 2;
    fetchAhead(nextOf(document));
  };
  const bodyOf = (page) => { /* of a page that is none of ours */
    const main = page.createElement("main");
    main.id = "main"; main.tabIndex = -1; main.append(...page.body.childNodes);
    page.body.append(main);
  };
  const show = (found) => {
    if (failed.length) { if (!found.right && !failed.includes(found)) failed.push(found); found = failed.shift(); }
    if (!found.page.getElementById("main")) bodyOf(found.page);
    replace(found.page, "main");
    if (!/\/(add|section|complete|undo)\b/.test(new URL(found.address).pathname)) history.pushState(null, "", found.address);
    left = false; refused = !found.right;
    get("main").focus({ preventScroll: true });
    place();
    if (refused) held = [];
    while (held.length && !left) { run(held.shift()); if (editing()) held = []; }
  };
  const fail = (found) => {
    failed.push(found);
    if (left || refused) return; /* it is shown next */
    if (editing()) notice("有一项没有保存，下一步显示。 One correction was not saved; it is shown next."); else show(found);
  };

  /* What a form does */
  const decide = async (form, button) => {
    const address = form.dataset.next, answer = post(form, button, address ? { Prefer: "return=minimal" } : {});
    leave();
    const next = address && await take(address);
    if (next) show(next);
    const found = await answer;
    if (next && !found.right) fail(found);
    if (!next) show(found.right && address ? await deliver("/") : found);
  };
  const wait = async (form, button) => {
    const answer = post(form, button);
    leave();
    const found = await answer;
    ahead.clear();
    if (!found.right && !found.page.getElementById("main")) { stay(); notice(found.page.body.textContent.trim()); } else show(found);
  };
  const takeBack = async () => { leave(); await tail; wait(get("undo")); };
  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (form.method === "dialog") return;
    event.preventDefault();
    if (left) return;
    if (form.id === "undo") takeBack();
    else if (form.id === "fields" && button && button.value !== "change") decide(form, button);
    else wait(form, button);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]"), button = event.target.closest("main button");
    if (button && event.detail > 1) event.preventDefault(); /* a double click is one */
    if (link && (pending || failed.length) && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault(); leave();
      tail.then(() => { if (failed.length) show(failed[0]); else location.href = link.href; });
    }
  });
  window.addEventListener("beforeunload", (event) => { if (pending || failed.length) event.preventDefault(); });
  window.addEventListener("popstate", () => location.reload());

  /* Keys */
  const press = (id) => { const button = get(id); if (button) button.form.requestSubmit(button); };
  const submit = (id) => { const form = get(id); if (form) form.requestSubmit(); };
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
  const known = (key) => Object.hasOwn(keys, key) || /^[1-9]$/.test(key);
  const run = (key) => { if (Object.hasOwn(keys, key)) keys[key](); else categorize(Number(key)); };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || event.repeat) return;
    if (left) { if (known(event.key)) { held.push(event.key); event.preventDefault(); } return; }
    const target = event.target, tag = target.tagName;
    if (editing()) {
      if (event.key === "Escape") target.blur();
      if (event.key === "Enter" && target.id === "label") { event.preventDefault(); submit("section"); }
      if (event.key === "Enter" && target.form && target.form.id === "fields") { event.preventDefault(); press("change"); }
      return;
    }
    if (event.key === "Enter" && /^(A|BUTTON|SUMMARY)$/.test(tag)) return;
    if (known(event.key)) { event.preventDefault(); run(event.key); }
  });
  get("help-button").addEventListener("click", () => help.showModal());
  place();
})();
