// The board's page: what is typed, dragged and pasted goes to the server; what the server says is shown.
const data = JSON.parse(document.getElementById("data").textContent);
const texts = data.texts, root = document.documentElement, grid = document.getElementById("grid");
const $ = (id) => document.getElementById(id);
const say = (key, values = {}) => texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const base = `/api/v1/boards/${encodeURIComponent(data.board)}`;

export async function call(path, body, method = body === undefined ? "GET" : "POST") {
  const sent = { method, headers: body === undefined ? {} : { "Content-Type": "application/json" } };
  if (body !== undefined) sent.body = JSON.stringify(body);
  const answer = await fetch(path, sent);
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(said.error || answer.statusText), { status: answer.status, said });
  return said;
}

let quiet;
function toast(text, bad = false) {
  const box = $("toast");
  box.textContent = text;
  box.className = bad ? "bad" : "";
  clearTimeout(quiet);
  quiet = setTimeout(() => { box.textContent = ""; }, bad ? 9000 : 3500);
}

function make(tag, words = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(words)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inside);
  return made;
}

// --- Cells ---------------------------------------------------------------------------------------------------------
const rows = grid ? [...grid.querySelectorAll("tr[data-p]")] : [];
const dates = grid ? [...grid.querySelectorAll("tr.days th[data-d]")].map((head) => head.dataset.d) : [];
const rowOf = new Map(rows.map((row) => [row.dataset.p, row]));
const cellAt = (row, day) => rows[row]?.cells[day + 1];
const place = (cell) => ({ row: rows.indexOf(cell.parentElement), day: cell.cellIndex - 1 });
const isCell = (cell) => cell?.tagName === "TD" && cell.parentElement?.dataset.p !== undefined && cell.cellIndex <= dates.length;
const key = (row, day) => `${rows[row].dataset.p}/${dates[day]}`;
const kindOf = (row) => row.parentElement.dataset.type;
const duties = grid ? new Map(Object.entries(data.duties).map(([kind, list]) => [kind, new Map(list.map((duty) => [duty.duty, duty]))])) : new Map();
const held = new Map();     // what each cell holds: duty names by person/date
const states = ["broken", "past", "frozen", "pinned", "leave"];
let locked = data.locked || {}, marks = {}, sentences = [];

for (const [at, row] of rows.entries()) {
  for (let day = 0; day < dates.length; day += 1) {
    const cell = cellAt(at, day);
    held.set(key(at, day), data.held[row.dataset.p][day]);
    cell.setAttribute("role", "gridcell");
    cell.tabIndex = -1;
  }
}

function paint(name, duty) {
  const cut = name.lastIndexOf("/"), row = rowOf.get(name.slice(0, cut)), day = dates.indexOf(name.slice(cut + 1));
  if (!row || day < 0) return;
  const cell = row.cells[day + 1], look = duties.get(kindOf(row)).get(duty);
  held.set(name, duty);
  if (!look) { cell.textContent = "?"; return; }
  const kept = [...states, "chosen", "block", "sending"].filter((state) => cell.classList.contains(state));
  cell.textContent = look.text;
  cell.className = [...look.css.split(" "), ...kept].join(" ");
}

function mark() {
  for (const [at] of rows.entries()) for (let day = 0; day < dates.length; day += 1) {
    const cell = cellAt(at, day), name = key(at, day), why = locked[name], said = marks[name]?.map((number) => sentences[number]).join("\n");
    cell.classList.remove(...states);
    if (said) cell.classList.add("broken");
    if (why) cell.classList.add(why[0]);
    if (said || why) cell.title = said || why[1]; else cell.removeAttribute("title");
  }
}

// --- Changes: shown at once, sent in order, sent again until they are answered ---------------------------------------
const kept = `roster-unsent-${data.board}-${data.branch}`;
const unsent = JSON.parse(localStorage.getItem(kept) || "[]");
let sending = false, seen = data.rev;

function change(cells) {
  const wanted = cells.filter(([person, date, duty]) => {
    const name = `${person}/${date}`;
    if (locked[name]) { toast(locked[name][1], true); return false; }
    return held.get(name) !== duty;
  });
  if (!wanted.length) return;
  unsent.push({ once: crypto.randomUUID(), seen, cells: wanted });
  for (const [person, date, duty] of wanted) {
    paint(`${person}/${date}`, duty);
    rowOf.get(person)?.cells[dates.indexOf(date) + 1]?.classList.add("sending");
  }
  send();
}

async function send() {
  localStorage.setItem(kept, JSON.stringify(unsent));
  if (sending) return;
  sending = true;
  while (unsent.length) {
    const { cells, ...rest } = unsent[0];
    try {
      const answer = await call(`${base}/cells`, { ...rest, branch: data.branch, cells });
      seen = Math.max(seen, answer.rev);
      settle(cells);
      for (const later of unsent) later.seen = Math.max(later.seen, answer.rev);
    } catch (error) {
      if (error.status === undefined || error.status === 503) {
        toast(say("offline"), true);
        setTimeout(() => { sending = false; send(); }, 1000);
        return;
      }
      settle(cells);
      refused(error, cells);
    }
    unsent.shift();
    localStorage.setItem(kept, JSON.stringify(unsent));
  }
  sending = false;
}

function settle(cells) {
  for (const [person, date] of cells) rowOf.get(person)?.cells[dates.indexOf(date) + 1]?.classList.remove("sending");
}

function refused(error, cells) {
  let said = error.message;
  const other = error.said?.keys || {};
  for (const [name, both] of Object.entries(other)) said += `\n${say("conflict_now", { cell: name.slice(5).replace("/", " · "), now: both.now ?? texts.off })}`;
  toast(said, true);
  refresh(cells.map(([person, date]) => `${person}/${date}`));
}

async function refresh(names) {
  const now = await call(`${base}?branch=${encodeURIComponent(data.branch)}`);
  seen = now.rev;
  for (const crew of now.grid.crews) for (const row of crew.rows) row.cells.forEach((cell, day) => {
    const name = `${row.id}/${dates[day]}`;
    if (!names || names.includes(name)) paint(name, cell.duty);
  });
}

async function verb(name, body = {}) {
  try {
    await idle();
    return await call(`${base}/${name}`, { branch: data.branch, ...body });
  } catch (error) {
    toast(error.message, true);
    return null;
  }
}

const idle = async () => { while (unsent.length && navigator.onLine) await new Promise((done) => setTimeout(done, 15)); };

// --- Choosing, keys, the clipboard ----------------------------------------------------------------------------------
let chosen = null, corner = null, typed = "", typedAt = 0;

function choose(row, day, extend = false, focus = true) {
  row = Math.max(0, Math.min(rows.length - 1, row));
  day = Math.max(0, Math.min(dates.length - 1, day));
  const old = chosen && cellAt(chosen.row, chosen.day);
  if (old) { old.classList.remove("chosen"); old.tabIndex = -1; }
  corner = extend && corner ? corner : { row, day };
  chosen = { row, day };
  hide();
  const cell = cellAt(row, day);
  cell.classList.add("chosen");
  cell.tabIndex = 0;
  if (focus) cell.focus({ preventScroll: false });
  for (const one of grid.querySelectorAll("td.block")) { one.classList.remove("block"); one.removeAttribute("aria-selected"); }
  cell.setAttribute("aria-selected", "true");
  if (extend) for (const [r, d] of block()) { cellAt(r, d).classList.add("block"); cellAt(r, d).setAttribute("aria-selected", "true"); }
  describe();
}

function block() {
  const found = [];
  if (!chosen) return found;
  for (let row = Math.min(corner.row, chosen.row); row <= Math.max(corner.row, chosen.row); row += 1)
    for (let day = Math.min(corner.day, chosen.day); day <= Math.max(corner.day, chosen.day); day += 1) found.push([row, day]);
  return found;
}

function lettered(row, text) {
  if (text === "" || ".-·".includes(text)) return "off";
  const own = [...duties.get(kindOf(rows[row])).values()];
  const exact = own.filter((duty) => duty.letters === text || duty.duty === text);
  if (exact.length) return exact[0].duty;
  const loose = own.filter((duty) => duty.letters.toLowerCase() === text.toLowerCase());
  return loose.length === 1 ? loose[0].duty : null;
}

const give = (duty) => change(block().map(([row, day]) => [rows[row].dataset.p, dates[day], duty]));

function onKey(event) {
  if (!chosen || !isCell(event.target)) return;
  const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (move) choose(chosen.row + move[0], chosen.day + move[1], event.shiftKey);
  else if (event.key === "Home") choose(chosen.row, 0, event.shiftKey);
  else if (event.key === "End") choose(chosen.row, dates.length - 1, event.shiftKey);
  else if (["Delete", "Backspace", "."].includes(event.key)) give("off");
  else if (event.key === " " || event.key === "Enter") { show(); focusPanel(); }
  else if (event.key === "Escape") choose(chosen.row, chosen.day);
  else if (event.key.length === 1) letter(event.key);
  else return;
  event.preventDefault();
}

function letter(sign) {
  const now = performance.now(), before = now - typedAt < 900 ? typed : "";
  for (const text of before ? [before + sign, sign] : [sign]) {
    const duty = lettered(chosen.row, text);
    if (duty) { typed = text; typedAt = now; give(duty); return; }
  }
  const lower = sign.toLowerCase();
  if (lower === "p") pin();
  else if (lower === "l") location.href = `/b/${data.board}/leave?person=${encodeURIComponent(rows[chosen.row].dataset.p)}&first=${dates[chosen.day]}`;
  else toast(say("no_such_letter", { letters: sign }), true);
}

const pin = () => verb("pins", { cells: block().map(([row, day]) => [rows[row].dataset.p, dates[day]]), on: locked[key(chosen.row, chosen.day)]?.[0] !== "pinned" });

function onCopy(event) {
  if (!chosen || !isCell(document.activeElement)) return;
  const lines = new Map();
  for (const [row, day] of block()) {
    const look = duties.get(kindOf(rows[row])).get(held.get(key(row, day)));
    lines.set(row, [...(lines.get(row) || []), look?.letters ?? ""]);
  }
  event.clipboardData.setData("text/plain", [...lines.values()].map((line) => line.join("\t")).join("\n"));
  event.preventDefault();
  toast(say("copied", { number: block().length }));
}

function onPaste(event) {
  if (!chosen || !isCell(document.activeElement)) return;
  event.preventDefault();
  const lines = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const top = Math.min(corner.row, chosen.row), left = Math.min(corner.day, chosen.day), cells = [], unknown = [];
  const once = lines.length === 1 && lines[0].length === 1 ? block() : null;
  const put = (row, day, text) => {
    if (row >= rows.length || day >= dates.length) return;
    const duty = lettered(row, text.trim());
    if (duty === null) unknown.push(text.trim());
    else cells.push([rows[row].dataset.p, dates[day], duty]);
  };
  if (once) for (const [row, day] of once) put(row, day, lines[0][0]);
  else lines.forEach((line, down) => line.forEach((text, right) => put(top + down, left + right, text)));
  if (unknown.length) toast(say("no_such_letter", { letters: [...new Set(unknown)].slice(0, 8).join(", ") }), true);
  else { change(cells); toast(say("pasted", { number: cells.length })); }
}

// --- Drag: swap; with Alt, copy. A mouse only: fingers scroll ---------------------------------------------------------
let drag = null;
function onDown(event) {
  const cell = event.target.closest("td");
  if (!isCell(cell)) return;
  const at = place(cell);
  choose(at.row, at.day, event.shiftKey);
  if (event.pointerType === "mouse" && event.button === 0 && !event.shiftKey) drag = { from: at, over: null };
  else if (event.pointerType !== "mouse") show();
}
function onMove(event) {
  if (!drag) return;
  const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest("td");
  drag.over?.classList.remove("target");
  drag.over = isCell(cell) && cell !== cellAt(drag.from.row, drag.from.day) ? cell : null;
  drag.over?.classList.add("target");
}
function onUp(event) {
  if (!drag) return;
  const { from, over } = drag;
  drag = null;
  if (!over) { show(); return; }
  over.classList.remove("target");
  const to = place(over), mine = held.get(key(from.row, from.day)), theirs = held.get(key(to.row, to.day));
  const cells = [[rows[to.row].dataset.p, dates[to.day], mine]];
  if (!event.altKey) cells.push([rows[from.row].dataset.p, dates[from.day], theirs]);
  if (mine !== theirs) change(cells);
  choose(to.row, to.day);
}

// --- The panel of a cell: beside the grid where there is room, else over it, next to the cell, when asked for ---------
const hide = () => $("cell").classList.remove("open");
function show(cell = cellAt(chosen.row, chosen.day)) {
  const panel = $("cell"), work = panel.closest(".work").getBoundingClientRect(), at = cell.getBoundingClientRect();
  const width = Math.min(360, work.width - 16), right = at.right - work.left + 8;
  panel.style.setProperty("--x", `${Math.max(0, right + width > work.width ? at.left - work.left - width - 8 : right)}px`);
  panel.style.setProperty("--y", `${at.top - work.top - 12}px`);
  panel.classList.add("open");
}
async function focusPanel() {
  for (let tries = 0; tries < 60; tries += 1) {
    const first = $("cell-body").querySelector("button");
    if (first && $("cell").dataset.of === key(chosen.row, chosen.day)) { first.focus(); return; }
    await new Promise((done) => setTimeout(done, 25));
  }
}

// --- What one cell could be ---------------------------------------------------------------------------------------
let asked = 0;
async function describe() {
  const { row, day } = chosen, mine = ++asked, name = key(row, day);
  await new Promise((done) => setTimeout(done, 120));
  if (mine !== asked) return;
  try {
    await idle();
    const about = await call(`${base}/cell?person=${encodeURIComponent(rows[row].dataset.p)}&date=${dates[day]}&branch=${encodeURIComponent(data.branch)}`);
    if (mine === asked) drawCell(about, row, day, name);
  } catch (error) {
    if (error.status) toast(error.message, true);
  }
}

function drawCell(about, row, day, name) {
  const person = rows[row].dataset.p, looks = duties.get(kindOf(rows[row]));
  const tile = (duty) => { const look = looks.get(duty); return make("span", { class: `key ${look?.css ?? ""}`, "aria-hidden": "true" }, look?.text ?? "?"); };
  const choice = (one, duty, label, act) => make("li", {}, make("button", { type: "button", class: `choice${one.lawful ? " lawful" : ""}`, "aria-current": one.now ? "true" : null, onclick: act },
    tile(duty), make("span", {}, label), one.lawful ? "" : make("span", { class: "why" }, one.why[0] ?? ""), make("span", { class: "mark" }, one.lawful ? say("lawful") : say("breaks", { number: one.breaks ?? one.why.length }))));
  const parts = [make("p", { class: "who-is" }, `${about.name} · ${about.date_said}`)];
  if (about.locked) parts.push(make("p", { class: "fault" }, about.locked));
  if (about.posts.length) parts.push(make("p", { class: "soft" }, say("posts_held", { posts: about.posts.join(" · ") })));
  parts.push(make("h3", {}, say("duties_of")));
  parts.push(make("ul", { class: "choices" }, ...about.options.map((one) => choice(one, one.duty, `${one.title} ${one.hours}`.trim(), () => { change([[person, dates[day], one.duty]]); choose(row, day); }))));
  if (about.candidates.length) {
    parts.push(make("h3", {}, say("who_could")));
    parts.push(make("ul", { class: "choices" }, ...about.candidates.map((one) => choice(one, held.get(name), `${one.name} · ${one.step}`, () => { change([[one.person, dates[day], held.get(name)], [person, dates[day], one.gives]]); choose(row, day); }))));
  } else if (held.get(name) !== "off") parts.push(make("p", { class: "soft" }, say("nobody_else")));
  parts.push(make("p", { class: "actions" }, make("button", { type: "button", onclick: pin }, about.pinned ? say("unpin") : say("pin"))));
  parts.push(make("h3", {}, say("history_of")), make("ul", { class: "trail" }, ...(about.history.length ? about.history.map((one) => make("li", {}, one)) : [make("li", {}, say("nothing_yet"))])));
  $("cell-body").replaceChildren(...parts);
  $("cell").dataset.of = name;
}

async function describeHole(cell) {
  const post = cell.parentElement.dataset.post, date = dates[cell.cellIndex - 1];
  try {
    await idle();
    const about = await call(`${base}/hole?post=${encodeURIComponent(post)}&date=${date}&branch=${encodeURIComponent(data.branch)}`);
    asked += 1;
    const tile = (one) => { const look = duties.get(kindOf(rowOf.get(one.person))).get(one.duty); return make("span", { class: `key ${look?.css ?? ""}`, "aria-hidden": "true" }, look?.text ?? "?"); };
    $("cell-body").replaceChildren(
      make("p", { class: "who-is" }, `${about.title} · ${about.date_said}`), make("h3", {}, say("who_could_hold")),
      about.candidates.length ? make("ul", { class: "choices" }, ...about.candidates.map((one) => make("li", {}, make("button", { type: "button", class: `choice${one.lawful ? " lawful" : ""}`, onclick: () => { hide(); change([[one.person, date, one.duty]]); } },
        tile(one), make("span", {}, `${one.name} · ${one.title}`), one.lawful ? "" : make("span", { class: "why" }, one.why[0] ?? ""), make("span", { class: "mark" }, one.lawful ? say("lawful") : say("breaks", { number: one.breaks })))))) : make("p", { class: "soft" }, say("nobody_holds")));
    $("cell").dataset.of = "";
    show(cell);
  } catch (error) { if (error.status) toast(error.message, true); }
}

// --- What the server tells -----------------------------------------------------------------------------------------
const waiting = () => new Set(unsent.flatMap((one) => one.cells.map(([person, date]) => `${person}/${date}`)));
let last = data.rev, source;
function listen() {
  source = new EventSource(`/b/${encodeURIComponent(data.board)}/events?branch=${encodeURIComponent(data.branch)}&after=${last}`);
  source.addEventListener("entry", (event) => onEntry(JSON.parse(event.data)));
  source.addEventListener("verdict", (event) => onVerdict(JSON.parse(event.data)));
  source.addEventListener("job", (event) => document.dispatchEvent(new CustomEvent("job", { detail: JSON.parse(event.data) })));
  for (const kind of ["request", "version"]) source.addEventListener(kind, (event) => document.dispatchEvent(new CustomEvent(kind, { detail: JSON.parse(event.data) })));
}

function onEntry(entry) {
  if (entry.rev <= last) return;
  last = entry.rev;
  root.dataset.rev = last;
  if ($("draft")) $("draft").textContent = say("draft", { number: last });
  if (!grid) { if (entry.kind === "roster") reload(); return; }
  if (entry.cells === null) { reload(); return; }
  const own = waiting();
  for (const [name, duty] of Object.entries(entry.cells)) if (!own.has(name)) paint(name, duty);
  if (!unsent.length) seen = last;
}

function onVerdict(said) {
  if (!grid || !said.html) { if (said.error) toast(said.error, true); return; }
  $("verdict").innerHTML = said.html.verdict;
  $("findings").innerHTML = said.html.findings;
  $("cover").innerHTML = said.html.cover;
  for (const [person, sums] of Object.entries(said.sums)) sums.forEach((sum, at) => {
    const cell = rowOf.get(person)?.cells[dates.length + 1 + at];
    if (cell) { cell.textContent = sum.text; cell.classList.toggle("over", sum.over); }
  });
  for (const body of grid.tBodies) [...body.querySelectorAll(".fair")].forEach((cell, at) => { cell.textContent = said.fair[body.dataset.type]?.[at] ?? ""; });
  marks = said.marks;
  sentences = said.said;
  locked = said.locked;
  mark();
  root.dataset.checked = said.rev;
  buttons();
}

async function buttons() {
  const can = await call(`${base}/can?branch=${encodeURIComponent(data.branch)}`).catch(() => null);
  if (can) for (const name of ["undo", "redo"]) $(name).disabled = !can[name];
}

// Once only: the answer to an own question and the server's word of it may both ask for it.
let reloading;
function reload() {
  reloading ??= setTimeout(async () => {
    await idle();
    const place_ = chosen ? `#${chosen.row},${chosen.day}` : "";
    history.replaceState(null, "", location.pathname + location.search + place_);
    location.reload();
  }, 30);
}

// --- Starting ------------------------------------------------------------------------------------------------------
if (grid) {
  grid.addEventListener("keydown", onKey);
  grid.addEventListener("pointerdown", onDown);
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", onUp);
  document.addEventListener("copy", onCopy);
  document.addEventListener("paste", onPaste);
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || ["INPUT", "TEXTAREA"].includes(event.target.tagName)) return;
    const name = { z: event.shiftKey ? "redo" : "undo", y: "redo" }[event.key.toLowerCase()];
    if (name) { event.preventDefault(); verb(name, {}); }
  });
  $("undo").addEventListener("click", () => verb("undo", {}));
  $("redo").addEventListener("click", () => verb("redo", {}));
  $("findings").addEventListener("click", (event) => {
    const found = event.target.closest(".finding");
    const row = found ? rows.findIndex((one) => one.dataset.p === found.dataset.p) : -1;
    if (row >= 0) choose(row, Math.max(0, dates.indexOf(found.dataset.d)));
  });
  $("cover").addEventListener("click", (event) => { const hole = event.target.closest("td.hole"); if (hole) describeHole(hole); });
  grid.addEventListener("click", (event) => {
    const who = event.target.closest(".person");
    if (!who) return;
    const name = prompt(say("new_name"), who.textContent);
    if (name && name.trim()) verb("names", { person: who.closest("tr").dataset.p, name: name.trim() });
  });
  if (cellAt(0, 0)) cellAt(0, 0).tabIndex = 0;
  $("cell-close").addEventListener("click", () => { hide(); if (chosen) cellAt(chosen.row, chosen.day).focus(); });
  $("cell").addEventListener("keydown", (event) => { if (event.key === "Escape") { hide(); if (chosen) cellAt(chosen.row, chosen.day).focus(); } });
  grid.addEventListener("focusin", (event) => { if (isCell(event.target) && !chosen) { const at = place(event.target); choose(at.row, at.day, false, false); } });
  const from = location.hash.match(/^#(\d+),(\d+)$/);
  if (from) choose(Number(from[1]), Number(from[2]));
  const dialog = $("publishing");
  $("publish").addEventListener("click", () => {
    $("publishing-said").textContent = $("verdict").textContent.trim();
    $("publishing-fault").hidden = true;
    dialog.showModal();
  });
  $("publish-now").addEventListener("click", async () => {
    try {
      await idle();
      const made = await call(`${base}/versions`, { branch: data.branch, seen, reason: $("reason").value });
      location.href = `/b/${data.board}/versions#v${made.number}`;
    } catch (error) {
      $("publishing-fault").textContent = error.message;
      $("publishing-fault").hidden = false;
    }
  });
  const freezing = $("freezing");
  const freeze = async (until) => {
    try {
      await idle();
      await call(`${base}/freeze`, { branch: data.branch, until });
      reload();
    } catch (error) {
      $("freezing-fault").textContent = error.message;
      $("freezing-fault").hidden = false;
    }
  };
  $("freeze").addEventListener("click", () => { $("freezing-fault").hidden = true; freezing.showModal(); });
  $("freeze-now").addEventListener("click", () => { if ($("freeze-until").value) freeze($("freeze-until").value); });
  $("freeze-none").addEventListener("click", () => freeze(null));
  if (unsent.length) { for (const one of unsent) for (const [person, date, duty] of one.cells) paint(`${person}/${date}`, duty); send(); }
} else if ($("plan")) {
  let job = null, began = 0, clock = 0, known = [];
  const tick = () => { $("progress").querySelector(".figures").textContent = [say("seconds_text", { seconds: ((performance.now() - began) / 1000).toFixed(1) }), ...known].join(" · "); };
  $("plan").addEventListener("click", async () => {
    $("plan").disabled = true;
    began = performance.now();
    clock = setInterval(tick, 100);
    $("progress").hidden = false;
    $("progress").querySelector(".stage").textContent = say("asking");
    try { job = (await call(`${base}/jobs`, { question: "plan", take: true, branch: data.branch })).job; } catch (error) { fail(error.message); }
  });
  $("stop").addEventListener("click", () => job && call(`/api/v1/jobs/${job}/stop`, {}));
  const fail = (text) => { clearInterval(clock); $("plan").disabled = false; $("progress").hidden = true; $("fault").hidden = false; $("fault").textContent = text; };
  document.addEventListener("job", ({ detail }) => {
    if (detail.question !== "plan") return;
    job = detail.id;
    if (detail.progress) {
      $("progress").querySelector(".stage").textContent = detail.progress.stage;
      known = ["best", "bound"].filter((name) => detail.progress[name] !== null).map((name) => say(name, { number: detail.progress[name] }));
    }
    if (["failed", "interrupted"].includes(detail.state)) fail(`${say("failed")}\n${detail.result?.said ?? ""}`);
    if (detail.state === "stopped") fail(say("stopped"));
    if (detail.state === "done" && detail.result?.code !== 0) location.href = `/jobs/${detail.id}`;
  });
  $("upload").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    try { await call(`${base}/roster`, { branch: data.branch, name: file.name, content: btoa(text) }); } catch (error) { fail(error.message); }
  });
}
listen();
