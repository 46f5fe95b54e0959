// Pages with forms: what is filled in goes to the server as JSON; what the server refuses is said above the button.
const holder = document.getElementById("data"), data = holder ? JSON.parse(holder.textContent) : {};
const $ = (id) => document.getElementById(id), all = (what, within = document) => [...within.querySelectorAll(what)];
const base = `/api/v1/boards/${encodeURIComponent(data.board ?? "")}`;
// Once only: the answer to an own question and the server's word of it may both ask for it.
let reloading = false;
const reload = () => { if (!reloading) { reloading = true; location.reload(); } };
const say = (key, values = {}) => (data.texts?.[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

async function call(path, body, method = body === undefined ? "GET" : "POST") {
  const sent = body === undefined ? { method } : { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, sent), said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(said.error || answer.statusText), { status: answer.status, said });
  return said;
}

function fault(error) {
  const box = $("fault") ?? $("toast");
  const lines = error?.said?.faults?.map((one) => `${one.line ? `${one.file ?? ""}:${one.line} ` : ""}${one.key}: ${one.message}`);
  box.textContent = error ? [error.said?.faults ? "" : error.message, ...(lines ?? [])].filter(Boolean).join("\n") : "";
  box.hidden = !error;
  if (error) box.scrollIntoView({ block: "nearest" });
}

function on(form, act) {
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button.main, button:not([type=button])");
    button.disabled = true;
    fault(null);
    try { await act(form); } catch (error) { fault(error); } finally { button.disabled = false; }
  });
}
const field = (name, within) => within.querySelector(`[name="${name}"]`)?.value.trim() ?? "";
const click = (what, act) => all(what).forEach((button) => button.addEventListener("click", async () => { fault(null); try { await act(button); } catch (error) { fault(error); } }));

// A new board
on($("start"), async (form) => {
  const people = Object.fromEntries(all("textarea[data-type]", form).map((area) => [area.dataset.type, area.value.split(/[\n,，、;；]/).map((one) => one.trim()).filter(Boolean)]));
  const posts = Object.fromEntries(all("tr[data-post]", form).map((row) => [row.dataset.post, { keep: row.querySelector("[name=keep]").checked, title: field("title", row), window: field("window", row), people: Number(field("people", row)) || 1 }]));
  const made = await call("/api/v1/start", { tier: form.dataset.tier, title: field("title", form), start: field("start", form), weeks: Number(field("weeks", form)), people, posts });
  location.href = `/b/${made.board}`;
});

// Requests
on($("request"), async (form) => {
  await call(`${base}/requests`, { kind: "leave", person: field("person", form), first: field("first", form), last: field("last", form), note: field("note", form) });
  reload();
});
on($("swap"), async (form) => {
  await call(`${base}/requests`, { kind: "swap", person: field("person", form), first: field("first", form), other: field("other", form) });
  reload();
});
click("[data-do]", async (button) => {
  await call(`${base}/requests/${button.dataset.number}/${button.dataset.do}`, button.dataset.do === "grant" ? { anyway: button.dataset.anyway === "1" } : {});
  reload();
});
on($("away"), async (form) => {
  await call(`${base}/jobs`, { question: "resilience", days: Number(field("days", form)), seconds: 600, watched: true });
  reload();
});

// Questions
on($("ask"), async (form) => {
  const headcount = field("headcount", form);
  const made = await call(`${base}/jobs`, { question: field("question", form), seconds: Number(field("seconds", form)), days: Number(field("days", form)), headcount: headcount === "" ? null : Number(headcount), take: form.querySelector("[name=take]").checked });
  location.href = `/jobs/${made.job}`;
});
const base64 = async (file) => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
};
on($("size"), async (form) => {
  const number = (name) => Number(field(name, form)), values = (what) => all(what, form).map((one) => one.value);
  const said = Object.fromEntries(["title", "tier", "start", "continuity", "profile"].map((name) => [name, field(name, form)]));
  for (const name of ["beds", "users", "campuses", "interfaces", "protection"]) said[name] = number(name);
  const made = await call(`${base}/size`, { ...said, budget: field("budget", form) ? number("budget") : null, modules: values("[name=modules]:checked"), response: values("[name=response]") });
  location.href = `/jobs/${made.job}`;
});
$("profile-file")?.addEventListener("change", async (event) => { if (event.target.files[0]) document.querySelector("[name=profile]").value = await event.target.files[0].text(); });
on($("demand"), async (form) => {
  const file = form.querySelector("[name=file]").files[0], map = form.querySelector("[name=map]");
  const progress = $("demand-progress");
  progress.hidden = false;
  try {
    const { job: id } = await call(`${base}/demand`, { name: file.name, content: await base64(file), kind: field("kind", form), map: map.value, targets: field("targets", form).split("\n").filter(Boolean), role: field("role", form) });
    let job;
    do {
      await new Promise((done) => setTimeout(done, 400));
      job = await call(`/api/v1/jobs/${id}`);
    } while (["waiting", "running"].includes(job.state));
    const made = job.result?.files?.find((name) => /^map(-\d+)?\.yaml$/.test(name));
    if (job.state === "failed" && made) {
      map.value = await (await fetch(`/jobs/${id}/f/${made}`)).text();
      $("mapping").open = true;
      // The last line tells where the command line has left the map; here it is on the page.
      fault(new Error(`${say("demand_map_made")}\n${job.result.said.split("\n").slice(0, -1).join("\n")}`));
    } else location.href = `/jobs/${id}`;
  } finally { progress.hidden = true; }
});
click("[data-take-file]", async (button) => { const made = await call(`/api/v1/jobs/${button.dataset.fileOf}/take`, { file: button.dataset.takeFile, new: button.dataset.new === "1" }); location.href = `/b/${made.board}`; });
click("[data-stop]", (button) => call(`/api/v1/jobs/${button.dataset.stop}/stop`, {}));

// Versions
click("[data-take]", async (button) => { await call(`${base}/take`, { source: button.dataset.take }); location.href = `/b/${data.board}`; });
on($("fork"), async (form) => { const made = await call(`${base}/branches`, { name: field("name", form) }); location.href = `/b/${data.board}?branch=${encodeURIComponent(made.branch)}`; });

// The scenario
const started = (form) => JSON.stringify(collect(form));
function collect(form) {
  const rows = (what, read) => all(what, form).map(read);
  return {
    title: field("title", form), start: field("start", form), weeks: Number(field("weeks", form)),
    people: rows("tr[data-person]", (row) => ({ name: field("name", row), type: field("type", row), leave: field("leave", row), no_nights: field("no_nights", row), wishes: field("wishes", row) })).filter((one) => one.name),
    posts: rows("tr[data-post]", (row) => ({ name: row.dataset.post, keep: row.querySelector("[name=keep]").checked, title: field("title", row), window: field("window", row), days: field("days", row), people: Number(field("people", row)) })),
    shifts: rows("tr[data-shift]", (row) => ({ section: row.dataset.section, name: row.dataset.shift, title: field("title", row), start: field("start", row), length: field("length", row) })),
    rules: rows("[data-rule]", (row) => ({ key: row.dataset.rule, value: field("value", row), source: field("source", row) })),
  };
}
if ($("forms")) {
  const first = JSON.parse(started($("forms")));
  on($("forms"), async (form) => {
    const now = collect(form), sent = Object.fromEntries(Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(first[key])));
    await call(`${base}/forms`, { ...sent, seen: data.rev });
    reload();
  });
  $("more-people").addEventListener("click", () => {
    const last = all("tr[data-person]").at(-1), copy = last.cloneNode(true);
    all("input", copy).forEach((input) => { input.value = ""; });
    last.after(copy);
    copy.querySelector("input").focus();
  });
  const files = () => ({ main: data.main, texts: Object.fromEntries(all("[data-file]", $("text")).map((one) => [one.dataset.file, one.querySelector("textarea").value])) });
  const lines = (error) => {
    for (const set of all("[data-file]", $("text"))) {
      const list = set.querySelector(".faults"), own = (error?.said?.faults ?? []).filter((one) => one.file === set.dataset.file);
      list.replaceChildren(...own.map((one) => {
        const item = document.createElement("li"), button = document.createElement("button");
        button.type = "button";
        button.textContent = `${one.line ?? ""} ${one.key}: ${one.message}`;
        button.addEventListener("click", () => mark(set.querySelector("textarea"), one.line));
        item.append(button);
        return item;
      }));
      list.hidden = !own.length;
    }
    $("fine").hidden = Boolean(error);
  };
  const mark = (area, line) => {
    if (!line) return;
    const before = area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    area.focus();
    area.setSelectionRange(before, before + (area.value.split("\n")[line - 1] ?? "").length);
    area.scrollTop = (line - 4) * parseFloat(getComputedStyle(area).lineHeight);
  };
  const check = async (path) => { try { const said = await call(`${base}/${path}`, { files: files(), seen: path === "scenario" ? data.rev : null }); lines(null); return said; } catch (error) { lines(error); throw error; } };
  click("#check-text", () => check("scenario/check"));
  on($("text"), async () => { await check("scenario"); reload(); });
}

// People
on($("login"), async (form) => { await call("/api/v1/login", { name: field("name", form), password: form.querySelector("[name=password]").value }); location.href = "/"; });
on($("account"), async (form) => { await call("/api/v1/accounts", { name: field("name", form), password: form.querySelector("[name=password]").value, role: field("role", form), person: field("person", form) }); reload(); });
all("[data-role]").forEach((box) => box.addEventListener("change", () => call(`/api/v1/accounts/${box.dataset.role}`, { role: box.value }).catch(fault)));
click("[data-close]", async (button) => { await call(`/api/v1/accounts/${button.dataset.close}`, { closed: button.dataset.closed === "1" }); reload(); });
click("[data-token]", async (button) => {
  const made = await call("/api/v1/tokens", { kind: button.dataset.token, board: button.dataset.board ?? "", person: button.dataset.person ?? "" });
  const text = made.address ? `${location.origin}${made.address}` : made.token, link = document.createElement(made.address ? "a" : "code");
  link.textContent = text;
  if (made.address) link.href = made.address;
  $("address").replaceChildren(link);
  $("address").hidden = false;
});
on($("hook"), async (form) => {
  const made = await call("/api/v1/hooks", { address: field("address", form), shape: field("shape", form) });
  $("address").textContent = made.secret;
  $("address").hidden = false;
});
click("[data-unhook]", async (button) => { await call(`/api/v1/hooks/${button.dataset.unhook}/remove`, {}); reload(); });
click("#feed-close", async () => { await call("/api/v1/tokens/close", {}); $("address").hidden = true; });
click("#log-out", async () => { await call("/api/v1/logout", {}); location.href = "/login"; });
all("[data-open]").forEach((button) => button.addEventListener("click", () => $(button.dataset.open).showModal()));
all("[data-shut]").forEach((button) => button.addEventListener("click", () => button.closest("dialog").close()));

// What the server tells: questions that go on, requests that are answered
if (data.live && (document.querySelector(".requests") || $("jobs") || $("job") || $("away"))) {
  const source = new EventSource(`/b/${encodeURIComponent(data.board)}/events?after=${data.rev}${data.watching ? "&leave=1" : ""}`);
  source.addEventListener("request", () => { if (document.querySelector(".requests") && !document.querySelector("dialog[open]")) reload(); });
  source.addEventListener("job", (event) => {
    const job = JSON.parse(event.data), box = $("job");
    if (box?.dataset.job === job.id && job.progress) {
      box.querySelector(".stage").textContent = job.progress.stage;
      box.querySelector(".figures").textContent = [say("seconds_text", { seconds: job.progress.seconds.toFixed(1) }), ...["best", "bound"].filter((name) => job.progress[name] !== null).map((name) => say(name, { number: job.progress[name] }))].join(" · ");
    }
    const over = ["done", "failed", "stopped", "interrupted"].includes(job.state);
    if (over && (box?.dataset.job === job.id || $(`j${job.id}`) || ($("away") && job.question === "resilience"))) reload();
    if ($("away-progress") && job.question === "resilience" && job.progress) $("away-progress").textContent = `${job.progress.stage} ${job.progress.best ?? 0} / ${job.progress.bound ?? "?"}`;
  });
  // When could each person be away: filled in as the answers come
  const columns = all("#away-table thead [data-on]").map((one) => one.dataset.on);
  const rows = new Map(all("#away-table tr[data-who]").map((row) => [row.dataset.who, row]));
  source.addEventListener("away", (event) => {
    for (const [who, first, css, sign, said] of JSON.parse(event.data)) {
      const cell = rows.get(who)?.cells[columns.indexOf(first) + 1];
      if (cell) Object.assign(cell, { className: `away-${css}`, textContent: sign, title: said });
    }
  });
}
