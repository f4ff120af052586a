"use strict";
/* What the address says is shown: #overview, #documents, #failures, #d17, #d17.f3. */
(() => {
  const get = (id) => document.getElementById(id), blocks = new Map(), off = new Set();
  let open = null, content = null, current = null, revealEntry = null;

  const unpack = (block) => {
    if (!blocks.has(block)) blocks.set(block, (async () => {
      const packed = Uint8Array.from(atob(get(`block-${block}`).textContent), (sign) => sign.charCodeAt(0));
      const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
      return JSON.parse(await new Response(stream).text());
    })());
    return blocks.get(block);
  };

  const showDocument = async (number) => {
    const row = zongji.index[number];
    const found = (await unpack(row[9]))[row[10]];
    open = number; content = found; current = null; off.clear();
    get("document-title").replaceChildren(row[0] || "–");
    const damage = content.damage.some(Boolean) ? ` · 损坏 damage ${content.damage.join("/")}` : "";
    get("about").replaceChildren();
    zongji.put(get("about"), [row[1], content.period || row[2], content.date && `日期 date ${content.date}`, (zongji.words.doc_type[row[3]] || [row[3]]).join(" "),
      (zongji.words.script[content.script] || []).join(" "), `${content.format}, ${content.encoding}`, row[8]].filter(Boolean).join(" · ") + damage);
    get("text").replaceChildren(zongji.text(content, number));
    get("record").replaceChildren(zongji.make("p", "soft", "指向或点按一个数字。Point at a figure or tap it."));
    get("record").classList.remove("floating");
    const mends = get("mends");
    mends.disabled = !content.repairs || !content.repairs.length;
    mends.title = content.repairs === null ? "源文件不在原处，无法显示修复 the source file is not at hand" : `${content.repairs.length}`;
    showChecks(); showActivities(); showFigures(); showLegend();
  };

  const jump = (id) => `#d${open}.${id}`;
  const showChecks = () => {
    const list = zongji.make("ul");
    const failed = (check) => (zongji.failing.has(check[0]) ? 0 : 1);
    for (const check of [...content.checks].sort((a, b) => failed(a) - failed(b))) {
      const line = zongji.make("li", failed(check) ? (check[0] === "sum-agrees" ? "agreed" : "") : "failed");
      line.append(failed(check) ? (check[0] === "sum-agrees" ? "✓ " : "· ") : "✗ ", zongji.both("check", check[0]), " ");
      zongji.put(line, check[2]);
      for (const id of check[1]) { const link = zongji.make("a", "", id); link.href = jump(id); line.append(" ", link); }
      list.append(line);
    }
    for (const warning of content.warnings) list.append(zongji.make("li", "", `⚠ ${warning[0]}: ${warning[1]}`));
    get("checks").replaceChildren(list);
  };
  const showActivities = () => {
    const figures = new Map(content.figures.map((figure) => [figure.id, figure]));
    zongji.windowed(get("activities"), content.activities, (activity) => activityCard(activity, figures))(0);
  };
  const activityCard = (activity, figures) => {
    const card = zongji.make("div", "card"), head = zongji.make("p"), facts = zongji.make("p", "soft"), numbers = zongji.make("p");
    head.append(zongji.make("strong", "", activity.name), " ", zongji.both("activity", activity.type));
    zongji.put(facts, [activity.date, activity.place, activity.organizer].filter(Boolean).join(" · "));
    for (const id of activity.figures) {
      const figure = figures.get(id);
      if (!figure) continue;
      const link = zongji.make("a", `figure ${figure.category}`, figure.text);
      link.href = jump(id); numbers.append(link, " ");
    }
    card.append(head, facts, numbers);
    return card;
  };
  const showFigures = () => {
    const places = new Map(content.figures.map((figure, place) => [figure.id, place]));
    const reveal = zongji.windowed(get("figures"), content.figures, (figure) => {
      const line = zongji.make("li"), entry = zongji.make("button", "entry");
      entry.type = "button"; entry.dataset.figure = figure.id;
      entry.append(zongji.make("span", `figure ${figure.category}`, figure.text), zongji.make("span", "", figure.item || ""), zongji.make("span", "value", zongji.value(figure)));
      entry.addEventListener("click", () => { if (location.hash === jump(figure.id)) showFigure(figure.id); else location.hash = jump(figure.id); });
      line.append(entry); line.hidden = off.has(figure.category);
      return line;
    });
    revealEntry = (id) => reveal(places.get(id));
    reveal(0);
  };
  const showLegend = () => {
    const counts = new Map();
    for (const figure of content.figures) counts.set(figure.category, (counts.get(figure.category) || 0) + 1);
    const labels = [...counts].map(([category, count]) => {
      const label = zongji.make("label"), tick = zongji.make("input"), name = zongji.make("span", `figure ${category}`);
      tick.type = "checkbox"; tick.checked = !off.has(category);
      tick.addEventListener("change", () => {
        if (tick.checked) off.delete(category); else off.add(category);
        for (const link of get("text").querySelectorAll(`.figure.${category}`)) link.classList.toggle("off", !tick.checked);
        for (const entry of get("figures").querySelectorAll(`.figure.${category}`)) entry.closest("li").hidden = !tick.checked;
      });
      name.append(zongji.both("category", category)); label.append(tick, name, ` ${count}`);
      return label;
    });
    get("legend").replaceChildren(get("legend").querySelector("legend"), ...labels);
  };

  const show = (id, floating) => {
    const figure = content.figures.find((one) => one.id === id);
    if (!figure) return null;
    get("record").replaceChildren(zongji.record(content, figure));
    get("record").classList.toggle("floating", Boolean(floating));
    return figure;
  };
  const showFigure = (id) => {
    if (!show(id, true)) return;
    for (const chosen of document.querySelectorAll(".chosen")) chosen.classList.remove("chosen");
    current = id; revealEntry(id);
    const link = get(`at-${id}`), entry = get("figures").querySelector(`[data-figure="${CSS.escape(id)}"]`);
    if (entry) entry.classList.add("chosen");
    if (!link) return;
    link.classList.add("chosen"); link.focus({ preventScroll: true });
    const narrow = matchMedia("(max-width: 60rem)").matches;  // where the record covers the lower half
    const scroll = () => link.scrollIntoView({ block: narrow ? "start" : "center" });
    scroll(); requestAnimationFrame(scroll);  // once more when the lines around it have got their heights
  };

  const route = async () => {
    const match = /^#d(\d+)(?:\.(f\d+))?$/.exec(location.hash), number = match ? Number(match[1]) : null;
    const reading = match !== null && number < zongji.index.length;
    document.body.classList.toggle("reading", reading);
    get("document").hidden = !reading;
    for (const id of ["overview", "failures", "documents"]) if (get(id)) get(id).hidden = reading;
    if (!reading) {
      const target = location.hash.length > 1 && get(location.hash.slice(1));
      if (target) target.scrollIntoView();
      return;
    }
    const fresh = open !== number || content === null;
    if (fresh) await showDocument(number);
    if (match[2]) showFigure(match[2]); else { window.scrollTo(0, 0); get("main").focus({ preventScroll: true }); }
    document.body.dataset.shown = location.hash;
  };
  const step = (by) => { const next = zongji.list.beside(open, by); if (next !== undefined) location.hash = `#d${next}`; };
  const stepFigure = (by) => {
    const placed = content.figures.filter((figure) => figure.place !== null);
    const place = placed.findIndex((figure) => figure.id === current);
    const next = placed[place < 0 ? (by > 0 ? 0 : placed.length - 1) : place + by];
    if (next) location.hash = jump(next.id);
  };
  const mends = () => {
    const on = get("text").classList.toggle("mends");
    get("mends").setAttribute("aria-pressed", String(on));
  };
  const keys = { o: () => { location.hash = "#overview"; }, l: () => { location.hash = "#documents"; }, "?": () => get("help").showModal(),
    "/": () => { location.hash = "#documents"; setTimeout(() => get("find").focus(), 0); } };
  const readingKeys = { j: () => stepFigure(1), k: () => stepFigure(-1), n: () => step(1), p: () => step(-1), r: mends };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const run = keys[event.key] || (document.body.classList.contains("reading") && readingKeys[event.key]);
    if (run && !get("help").open) { event.preventDefault(); run(); }
  });
  get("text").addEventListener("mouseover", (event) => { const link = event.target.closest(".figure"); if (link) show(link.dataset.figure, false); });
  get("text").addEventListener("focusin", (event) => { const link = event.target.closest(".figure"); if (link) show(link.dataset.figure, get("record").classList.contains("floating")); });
  get("text").addEventListener("click", (event) => {
    const link = event.target.closest(".figure");
    if (link && location.hash === link.getAttribute("href")) { event.preventDefault(); showFigure(link.dataset.figure); }
  });
  get("record").addEventListener("click", () => get("record").classList.remove("floating"));
  get("mends").addEventListener("click", mends);
  get("earlier").addEventListener("click", () => step(-1));
  get("later").addEventListener("click", () => step(1));
  get("help-button").addEventListener("click", () => get("help").showModal());
  window.addEventListener("hashchange", route);
  route();
})();
