"use strict";
// Long parts are folded on a phone; paper and a wide screen show everything.
(() => {
  const folds = document.querySelectorAll("details.fold");
  if (matchMedia("(max-width: 720px)").matches) for (const fold of folds) fold.open = false;
  addEventListener("beforeprint", () => { for (const fold of folds) fold.open = true; });
})();
// Shows who answers at another moment than the one drawn. Without it the page says the same of one moment.
(() => {
  const source = document.getElementById("turns");
  const day = document.getElementById("moment-day");
  const hour = document.getElementById("moment-hour");
  const shown = document.getElementById("moment-shown");
  if (!source || !day || !hour || !shown) return;
  const { first, days, turns, texts, nobody } = JSON.parse(source.textContent);
  const MINUTES = 1440;
  const number = (date) => Math.round((Date.parse(date) - Date.parse(first)) / 86400000);

  const element = (name, css, text) => {
    const made = document.createElement(name);
    if (css) made.className = css;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const lane = (row, midnight, now) => {
    const box = row.querySelector(".lane");
    const held = turns[row.dataset.chain][row.dataset.level];
    const pieces = held
      .filter(([start, end]) => start < midnight + MINUTES && midnight < end)
      .map(([start, end, names, post, where, site], at, all) => {
        const left = Math.max(start, midnight);
        const last = all[at - 1];
        const still = last && last[1] === start && last[2] === names && last[5] === site;
        const piece = element("span", `turn${site ? "" : " call"}${still ? " still" : ""}`, texts[names]);
        piece.title = `${texts[names]}: ${texts[post]}`;
        piece.style.left = `${((left - midnight) / MINUTES) * 100}%`;
        piece.style.width = `${((Math.min(end, midnight + MINUTES) - left) / MINUTES) * 100}%`;
        return piece;
      });
    const line = element("span", "now");
    line.style.left = `${((now - midnight) / MINUTES) * 100}%`;
    box.replaceChildren(...pieces, line);
    const there = held.filter(([start, end]) => start <= now && now < end);
    const answer = row.querySelector(".holder");
    answer.replaceChildren(
      ...(there.length ? there : [null]).flatMap((turn) => [
        element("b", "", turn ? texts[turn[2]] : nobody),
        element("small", "", turn ? `${texts[turn[3]]} · ${texts[turn[4]]}` : ""),
      ]),
    );
  };

  const show = () => {
    const at = number(day.value);
    if (!(at >= 0 && at < days)) return;
    const minutes = Number(hour.value) * 30;
    const time = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
    shown.textContent = `${day.value} ${time}`;
    hour.setAttribute("aria-valuetext", time);
    for (const row of document.querySelectorAll("[data-level]")) lane(row, at * MINUTES, at * MINUTES + minutes);
  };

  document.querySelector(".controls").hidden = false;
  day.addEventListener("input", show);
  hour.addEventListener("input", show);
})();
// Sorts a table by a column, numbers as numbers, again the other way round. Without it the rows stand as they came.
(() => {
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    const body = table.tBodies[0];
    const value = (row, at) => row.cells[at].textContent.trim();
    const compare = (one, other) => {
      const [a, b] = [one, other].map((text) => Number(text.replaceAll(",", "")));
      const numbers = one && other && !Number.isNaN(a) && !Number.isNaN(b);
      if (!one || !other) return one ? -1 : other ? 1 : 0;
      return numbers ? a - b : one.localeCompare(other);
    };
    heads.forEach((head, at) => {
      head.tabIndex = 0;
      head.setAttribute("aria-sort", "none");
      const sort = () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        for (const each of heads) each.setAttribute("aria-sort", "none");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const rows = [...body.rows].sort((one, other) => (up ? 1 : -1) * compare(value(one, at), value(other, at)));
        body.append(...rows);
      };
      head.addEventListener("click", sort);
      head.addEventListener("keydown", (event) => {
        if (event.key === "Enter") sort();
      });
    });
  }
})();
