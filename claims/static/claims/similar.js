/* Claims like this one: fetched when they come into sight, judged with one key. Without this script a page of its own does the same. */
const box = document.querySelector("[data-similar]");
const DIGITS = "١٢٣٤٥٦٧٨";
let busy = false;

/** The page's other forms know the version that was seen. One's own judgement was seen; what a colleague did meanwhile was not. */
function carry(version, judged) {
  const before = box.dataset.seen;
  box.dataset.seen = Number(version) === Number(before) + Number(judged) ? version : "";
  if (!judged || !box.dataset.seen) return;
  for (const field of document.querySelectorAll(`input[name$="-after"][value="${CSS.escape(before)}"]`)) {
    if (!box.contains(field) && field.form.action.includes("/step/")) field.value = version;
  }
}

async function fill(address, options = {}) {
  busy = true;
  box.firstElementChild?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { credentials: "same-origin", ...options });
    if (!answer.headers.get("content-type")?.startsWith("text/html") || answer.url.includes("/login/")) throw new Error(answer.status);
    const told = document.createElement("template");
    told.innerHTML = await answer.text();
    const panel = told.content.querySelector(".near");
    if (!panel) throw new Error(answer.status);
    box.replaceChildren(panel);
    ready(panel, options.method === "POST" && !panel.querySelector(".refused"));
    return true;
  } catch {
    if (options.method === "POST") window.location.assign(box.dataset.similar);
    return false;
  } finally {
    busy = false;
    box.firstElementChild?.removeAttribute("aria-busy");
  }
}

function ready(panel, judged = false) {
  for (const hint of panel.querySelectorAll("[data-keys]")) hint.hidden = false;
  carry(panel.dataset.version, judged);
}

const rows = () => [...box.querySelectorAll("[data-row]")];

async function send(form, button) {
  if (busy) return;
  const words = new FormData(form);
  if (button?.name) words.set(button.name, button.value);
  words.set("panel", "1");
  const place = Math.max(0, rows().indexOf(form.closest("[data-row]")));
  const sent = await fill(form.action, { method: "POST", body: new URLSearchParams(words) });
  if (!sent) return;
  const left = rows();
  (left[Math.min(place, left.length - 1)] || box.querySelector("[data-empty]"))?.focus();
}

function keyed(event) {
  if (event.code?.match(/^(Digit|Numpad)[1-8]$/) && !event.shiftKey) return event.code.slice(-1);
  const number = DIGITS.indexOf(event.key) + 1;
  return number ? String(number) : event.key;
}

box.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target, event.submitter);
});
box.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const row = event.target.closest("[data-row]"), key = keyed(event);
  if (event.code === "KeyU" || key === "u") {
    const undo = box.querySelector("[data-undo]");
    if (undo) { event.preventDefault(); send(undo); }
    return;
  }
  if (!row) return;
  const button = row.querySelector(`button[aria-keyshortcuts="${CSS.escape(key)}"]`);
  const next = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (button) { event.preventDefault(); send(button.form, button); }
  else if (next) { event.preventDefault(); rows()[rows().indexOf(row) + next]?.focus(); }
  else if (key === "Enter" && event.target === row) window.location.assign(row.querySelector("a").href);
});

if (box.hasAttribute("data-there")) ready(box.querySelector(".near"));
else {
  const near = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    near.disconnect();
    fill(`${box.dataset.similar}?panel=1`);
  }, { rootMargin: "400px" });
  box.dataset.seen = box.dataset.version;
  near.observe(box);
}
