"use strict";
/* The list of documents: filters, order, pages. A row of the index is
   [title, organization, year, type, figures, least confidence, failed checks, warnings, path, block, place]. */
zongji.index = JSON.parse(document.getElementById("index").textContent);
zongji.list = (() => {
  const PAGE = 50, get = (id) => document.getElementById(id);
  let page = 0, chosen = zongji.index.map((_, number) => number);
  const years = [...new Set(zongji.index.map((row) => row[2]).filter(Boolean))].sort();
  const types = [...new Set(zongji.index.map((row) => row[3]))];
  for (const year of years) get("by-year").append(new Option(year, year));
  for (const type of types) get("by-type").append(new Option((zongji.words.doc_type[type] || [type]).join(" "), type));
  const orders = { doubt: (a, b) => b[6] - a[6] || a[5] - b[5] || b[7] - a[7], figures: (a, b) => b[4] - a[4] };
  const choose = () => {
    const find = get("find").value.trim().toLowerCase(), year = get("by-year").value, type = get("by-type").value;
    const doubtful = get("only-doubtful").checked, order = orders[get("by-order").value];
    chosen = [];
    zongji.index.forEach((row, number) => {
      if (year && row[2] !== year) return;
      if (type && row[3] !== type) return;
      if (doubtful && !row[6] && !row[7]) return;
      if (find && !`${row[0]}\n${row[1]}\n${row[8]}`.toLowerCase().includes(find)) return;
      chosen.push(number);
    });
    if (order) chosen.sort((a, b) => order(zongji.index[a], zongji.index[b]));
    page = 0; show();
  };
  const show = () => {
    const rows = document.createDocumentFragment();
    for (const number of chosen.slice(page * PAGE, (page + 1) * PAGE)) rows.append(line(number));
    get("rows").replaceChildren(rows);
    get("found").textContent = `${chosen.length.toLocaleString("en")} / ${zongji.index.length.toLocaleString("en")} 篇 documents`;
    pages();
  };
  const line = (number) => {
    const row = zongji.index[number], made = zongji.make("tr"), title = zongji.make("td"), link = zongji.make("a", "", row[0] || "–");
    link.href = `#d${number}`; link.title = row[8]; title.append(link);
    const type = zongji.make("td"); type.append(zongji.both("doc_type", row[3]));
    made.append(title, zongji.make("td", "", row[1]), zongji.make("td", "", row[2]), type);
    for (const place of [4, 6, 7]) made.append(zongji.make("td", place === 6 && row[6] ? "number wrong" : "number", row[place]));
    return made;
  };
  const pages = () => {
    const last = Math.ceil(chosen.length / PAGE), made = document.createDocumentFragment();
    for (let number = 0; last > 1 && number < last; number++) {
      if (last > 14 && Math.abs(number - page) > 4 && number > 1 && number < last - 2) continue;
      const button = zongji.make("button", "", number + 1);
      if (number === page) button.setAttribute("aria-current", "page");
      button.addEventListener("click", () => { page = number; show(); get("documents").scrollIntoView(); });
      made.append(button);
    }
    get("pages").replaceChildren(made);
  };
  document.querySelector(".filters").addEventListener("input", choose);
  document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
  show();
  return { beside: (number, step) => chosen[chosen.indexOf(number) + step] };
})();
