"use strict";
/* One document: its text, margin, records. Everything that a document holds goes in as text, never as HTML. */
const zongji = { words: JSON.parse(document.getElementById("words").textContent),
  failing: new Set(JSON.parse(document.getElementById("failing").textContent)) };

/* Controls that would turn the text round are seen instead of obeyed. */
zongji.control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
zongji.put = (parent, text) => {
  if (!zongji.control.test(text)) { parent.append(text); return; }
  for (const part of text.split(new RegExp(`(${zongji.control.source})`))) {
    if (part.length === 1 && zongji.control.test(part)) {
      const sign = `U+${part.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
      parent.append(zongji.make("span", "control", `⟦${sign}⟧`));
    } else if (part) parent.append(part);
  }
};
zongji.make = (name, style, text) => {
  const made = document.createElement(name);
  if (style) made.className = style;
  if (text !== undefined && text !== null) zongji.put(made, String(text));
  return made;
};
zongji.both = (kind, value) => {
  const made = document.createDocumentFragment(), words = (zongji.words[kind] || {})[value] || [value, ""];
  made.append(words[0], " ");
  if (words[1]) { const english = zongji.make("span", "", words[1]); english.lang = "en"; made.append(english); }
  return made;
};
zongji.value = (figure) => {
  if (figure.value === null) return "?";
  const marks = { about: "≈ ", over: "> ", at_least: "≥ ", at_most: "≤ " };
  const upper = figure.value_max === null ? "" : `–${figure.value_max.toLocaleString("en")}`;
  const unit = (figure.unit || "") + (figure.per ? `/${figure.per}` : "");
  return `${marks[figure.bound] || ""}${figure.value.toLocaleString("en")}${upper} ${unit}`;
};

/* Offsets count code points; a text with signs beyond U+FFFF is cut into these first. */
zongji.points = (text) => (/[\ud800-\udfff]/.test(text) ? Array.from(text) : text);
zongji.cut = (points, start, end) => (typeof points === "string" ? points.slice(start, end) : points.slice(start, end).join(""));

/* The text in pieces: a boundary wherever a figure, a repair or a line begins or ends. */
zongji.pieces = (content, points) => {
  const edges = new Set([0, points.length]), figures = [], mends = [];
  for (const figure of content.figures) {
    if (figure.place === null) continue;
    const end = figure.place + Array.from(figure.text).length;
    edges.add(figure.place).add(end); figures.push([figure.place, end, figure]);
  }
  let last = -1;
  for (const mend of content.repairs || []) {
    const end = mend[0] + mend[1];
    if (mend[0] < last) continue;
    edges.add(mend[0]).add(end); mends.push([mend[0], end, mend]); last = end;
  }
  return { edges: [...edges].sort((a, b) => a - b), figures, mends };
};

zongji.text = (content, number) => {
  const points = zongji.points(content.text), made = document.createDocumentFragment();
  const { edges, figures, mends } = zongji.pieces(content, points);
  const sections = content.sections.filter((section) => section[1] !== null).sort((a, b) => a[1] - b[1]);
  let paragraph = null, margin = null, line = null, figure = 0, mend = 0, section = 0, link = null;
  const begin = () => {
    paragraph = zongji.make("div", "paragraph"); margin = zongji.make("div", "margin"); line = zongji.make("p");
    paragraph.append(margin, line); made.append(paragraph); link = null;
  };
  begin();
  for (let place = 0; place < edges.length; place++) {
    const start = edges[place], end = place + 1 < edges.length ? edges[place + 1] : start;
    while (figure < figures.length && figures[figure][1] <= start) { figure++; link = null; }
    while (mend < mends.length && mends[mend][1] < start) mend++;
    while (mend < mends.length && mends[mend][0] === start && mends[mend][1] === start) line.append(zongji.mend(mends[mend++][2], ""));
    while (mend < mends.length && mends[mend][1] <= start) mend++;
    const inside = figure < figures.length && figures[figure][0] <= start ? figures[figure][2] : null;
    const repaired = mend < mends.length && mends[mend][0] <= start ? mends[mend][2] : null;
    let at = start;
    zongji.cut(points, start, end).split("\n").forEach((part, index) => {
      if (index) { begin(); at += 1; }
      const length = typeof points === "string" ? part.length : Array.from(part).length;
      while (section < sections.length && sections[section][1] <= at + length) margin.append(zongji.section(sections[section++]));
      at += length;
      if (!part) return;
      if (inside && (link === null || link.dataset.figure !== inside.id)) { link = zongji.figure(inside, number); line.append(link); }
      const target = inside ? link : line;
      if (repaired) target.append(zongji.mend(repaired, part)); else zongji.put(target, part);
    });
  }
  return made;
};
zongji.section = (section) => {
  const [id, , level, marker, title, label, confidence] = section, made = zongji.make("span", `level-${level}`);
  made.title = `${id} ${marker || ""}${title || ""} ${confidence}`;
  if (marker) zongji.put(made, `${marker} `);
  made.append(zongji.both("label", label));
  return made;
};
zongji.figure = (figure, number) => {
  const link = zongji.make("a", `figure ${figure.category}`);
  link.href = `#d${number}.${figure.id}`; link.dataset.figure = figure.id; link.id = `at-${figure.id}`;
  return link;
};
zongji.mend = (mend, after) => {
  const [, , before, kind, certainty, confidence, alternatives] = mend;
  const made = zongji.make("span", before.length > 40 ? "mend many" : "mend");
  if (before && before.trim() && before !== after) made.append(zongji.make("del", "", before));
  zongji.put(made, after);
  made.title = [`${kind}: ${before} → ${after || "∅"}`, certainty && `${certainty} ${confidence}`,
    alternatives && alternatives.length && `或 or: ${alternatives.join(" | ")}`].filter(Boolean).join("\n");
  return made;
};

zongji.record = (content, figure) => {
  const made = document.createDocumentFragment(), list = zongji.make("dl");
  const section = content.sections.find((one) => one[0] === figure.section);
  const activity = content.activities.find((one) => one.id === figure.activity);
  const rows = [["类别 category", zongji.both("category", figure.category)], ["数值 value", zongji.value(figure)],
    ["事物 item", figure.item], ["状态 modality", zongji.both("modality", figure.modality)],
    ["约数 bound", zongji.both("bound", figure.bound)], ["总计 total", figure.total ? "是 yes" : null],
    ["活动 activity", activity && activity.name],
    ["章节 section", section && `${section[3] || ""}${section[4] || ""}`],
    ["位置 place", `${figure.at[0]}–${figure.at[1]}${figure.page ? `, ${figure.page}` : ""}`], ["可信度 confidence", figure.confidence]];
  const head = zongji.make("strong", `figure ${figure.category}`, figure.text);
  for (const [name, value] of rows) {
    if (value === null || value === undefined || value === "") continue;
    const cell = zongji.make("dd");
    if (value instanceof Node) cell.append(value); else zongji.put(cell, String(value));
    list.append(zongji.make("dt", "soft", name), cell);
  }
  made.append(head, list);
  return made;
};

/* A long list is shown in windows; what is returned brings an item of it into view. */
zongji.windowed = (container, items, make) => {
  const SIZE = 100;
  let first = -1;
  const show = (place) => {
    const start = Math.max(0, Math.floor(place / SIZE) * SIZE);
    if (start === first) return;
    first = start;
    const made = document.createDocumentFragment();
    const more = (to, words) => {
      const button = zongji.make("button", "", words);
      button.type = "button"; button.addEventListener("click", () => show(to));
      const line = zongji.make(container.tagName === "OL" ? "li" : "p"); line.append(button); made.append(line);
    };
    if (start) more(start - SIZE, `← ${start - SIZE + 1}–${start}`);
    for (const item of items.slice(start, start + SIZE)) made.append(make(item));
    if (start + SIZE < items.length) more(start + SIZE, `${start + SIZE + 1}–${Math.min(items.length, start + 2 * SIZE)} →`);
    if (!items.length) made.append(zongji.make(container.tagName === "OL" ? "li" : "p", "soft", "–"));
    container.replaceChildren(made);
  };
  return show;
};
