/* The article's page: choose words, and they become a quote, a speaker or a claim; point at a mark, and it says why. */
import { fitted, points, units, unitsBefore } from "./offsets.js";

const text = document.getElementById("article-text");
const toolbar = document.querySelector("[data-toolbar]");
const popup = document.querySelector("[data-popup]");
const phrases = document.querySelector("[data-words]").dataset;
const whole = text.textContent;
let chosen = null; // { start, end } in code points, and the words
let picked = null; // the claim that was pointed at last
const isPhone = () => window.matchMedia("(max-width: 767px)").matches;

// ── choosing words

function choice() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(text)) return null;
  const first = text.contains(range.startContainer) ? unitsBefore(text, range.startContainer, range.startOffset) : 0;
  const last = text.contains(range.endContainer) ? unitsBefore(text, range.endContainer, range.endOffset) : whole.length;
  const [start, end] = fitted(whole, first, last);
  if (start >= end) return null;
  const words = whole.slice(start, end);
  const from = points(whole.slice(0, start));
  return { start: from, end: from + points(words), words, box: range.getBoundingClientRect() };
}

function choose() {
  const found = choice();
  if (!found) return;
  chosen = found;
  toolbar.querySelector("[data-chosen]").textContent = found.words.length > 120 ? `${found.words.slice(0, 118)}…` : found.words;
  const targets = [...toolbar.querySelectorAll("option")];
  for (const part of toolbar.querySelectorAll("[data-needs-target]")) part.hidden = targets.length === 0;
  const nearest = targets.map((option) => [distance(option.value, found), option.value]).sort((a, b) => a[0] - b[0])[0];
  if (nearest) toolbar.querySelector("[data-target]").value = picked && nearest[0] > 0 ? picked : nearest[1];
  hidePopup();
  toolbar.hidden = false;
  place(toolbar, found.box);
}

/** How far a claim's quote is from the chosen words: below nought the more of it they share. */
function distance(claim, { start, end }) {
  const form = document.getElementById(`quote-${claim}`);
  const first = Number(form.elements["quote-start"].defaultValue);
  const last = Number(form.elements["quote-end"].defaultValue);
  return Math.max(first, start) - Math.min(last, end);
}

function send(form, prefix) {
  form.elements[`${prefix}-start`].value = chosen.start;
  form.elements[`${prefix}-end`].value = chosen.end;
  form.elements[`${prefix}-words`].value = chosen.words;
  if (form.elements[`${prefix}-like`]) form.elements[`${prefix}-like`].value = "";
  form.requestSubmit();
}

function act(what) {
  if (what === "close") closeToolbar();
  else if (what === "propose") send(document.getElementById("propose-form"), "propose");
  else send(document.getElementById(`${what}-${toolbar.querySelector("[data-target]").value}`), what);
}

function closeToolbar() {
  toolbar.hidden = true;
  document.getSelection().removeAllRanges();
}

if (toolbar) {
  let soon = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(soon);
    soon = setTimeout(choose, 200);
  });
  toolbar.addEventListener("mousedown", (event) => {
    if (event.target.closest("button")) event.preventDefault(); // the words stay chosen
  });
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) act(button.dataset.do);
  });
}

// ── pointing at marks

function entriesOf(element) {
  const numbers = element.dataset.n ? [element.dataset.n] : (element.dataset.c || "").split(" ");
  return numbers.map((number) => document.querySelector(`.entry[data-n="${number}"]`)).filter(Boolean);
}

function light(entries) {
  const numbers = new Set(entries.map((entry) => entry.dataset.n));
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (!numbers.size) return;
  for (const entry of entries) entry.classList.add("lit");
  for (const part of text.querySelectorAll("[data-c], [data-n]")) {
    if ((part.dataset.c || part.dataset.n).split(" ").some((number) => numbers.has(number))) part.classList.add("lit");
  }
}

function showPopup(element) {
  const entries = entriesOf(element);
  if (!entries.length || (toolbar && !toolbar.hidden)) return;
  picked = entries[0].dataset.pk;
  popup.replaceChildren(...entries.map(told));
  popup.hidden = false;
  place(popup, element.getClientRects()[0] || element.getBoundingClientRect());
  light(entries);
}

function told(entry) {
  const copy = document.createElement("div");
  copy.className = "told";
  for (const part of entry.querySelectorAll(".entry-head, .entry-facts, .entry-why")) copy.append(part.cloneNode(true));
  const goto = document.createElement("a");
  goto.href = `#${entry.id}`;
  goto.textContent = entry.querySelector(".entry-what").textContent.trim();
  goto.dir = "auto";
  copy.querySelector(".entry-head").after(goto);
  return copy;
}

function hidePopup() {
  popup.hidden = true;
  light([]);
}

/** Under the words, or above them where there is no room; a sheet at the foot of a phone. */
function place(element, box) {
  element.style.removeProperty("inset-block-start");
  element.style.removeProperty("left");
  if (isPhone()) return;
  const { width, height } = element.getBoundingClientRect();
  const under = box.bottom + 8;
  const top = under + height < window.innerHeight ? under : Math.max(8, box.top - height - 8);
  const left = Math.min(Math.max(8, box.left + box.width / 2 - width / 2), document.documentElement.clientWidth - width - 8);
  element.style.setProperty("inset-block-start", `${top}px`);
  element.style.setProperty("left", `${left}px`);
}

for (const part of text.querySelectorAll("[title]")) part.removeAttribute("title"); // the popup says it better
let leaving = 0;
const stay = () => clearTimeout(leaving);
const leave = () => {
  stay();
  leaving = setTimeout(hidePopup, 250);
};
for (const [comes, goes] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  text.addEventListener(comes, (event) => {
    const mark = event.target.closest("[data-c], .n");
    if (mark && event.pointerType !== "touch" && document.getSelection().isCollapsed) {
      stay();
      showPopup(mark);
    }
  });
  text.addEventListener(goes, leave);
  popup.addEventListener(comes, stay);
  popup.addEventListener(goes, leave);
}
text.addEventListener("click", (event) => {
  const mark = event.target.closest("[data-c]");
  stay();
  if (mark && document.getSelection().isCollapsed) showPopup(mark);
  else if (!event.target.closest(".n")) hidePopup();
});
for (const list of document.querySelectorAll(".entries")) {
  for (const comes of ["pointerover", "focusin"]) {
    list.addEventListener(comes, (event) => {
      const entry = event.target.closest(".entry");
      if (entry) {
        picked = entry.querySelector(".place-quote") ? entry.dataset.pk : picked;
        light([entry]);
      }
    });
  }
  list.addEventListener("pointerleave", () => light([]));
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  hidePopup();
  if (toolbar && !toolbar.hidden) closeToolbar();
});

// ── borders by the keyboard: a word more, a word less, and what the words would be

function stepper(input, form, output) {
  const box = document.createElement("span");
  box.className = "stepper";
  input.before(box);
  const move = (way) => {
    input.value = points(whole.slice(0, border(units(whole, Number(input.value)), way, input.name.endsWith("start"))));
    preview(form, output);
  };
  box.append(button("−", phrases.earlier, () => move(-1)), input, button("+", phrases.later, () => move(1)));
  input.addEventListener("input", () => preview(form, output));
}

function button(sign, label, does) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = sign;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", does);
  return made;
}

/** The next place, forwards or backwards, at which a word begins (or ends). */
function border(at, way, begins) {
  const isBorder = (i) => (begins ? /^$|\s/u.test(whole[i - 1] ?? "") && /\S/u.test(whole[i] ?? " ") : /\S/u.test(whole[i - 1] ?? " ") && /^$|\s/u.test(whole[i] ?? ""));
  for (let i = at + way; i >= 0 && i <= whole.length; i += way) if (isBorder(i)) return i;
  return at;
}

function preview(form, output) {
  const value = (name) => Number([...form.elements].find((field) => field.name.endsWith(name)).value);
  const [start, end] = [units(whole, value("-start")), units(whole, value("-end"))];
  output.textContent = whole.slice(start, end);
}

for (const form of document.querySelectorAll(".place")) {
  const output = document.createElement("output");
  output.className = "preview";
  output.dir = "auto";
  form.querySelector(".buttons").before(output);
  for (const input of form.querySelectorAll("input[type=number]")) stepper(input, form, output);
}

// ── a text that waits is looked at again, unless somebody is busy here

if (document.querySelector("[data-waiting]")) {
  setInterval(() => {
    const busy = (toolbar && !toolbar.hidden) || document.activeElement.closest("form.place");
    if (!busy && !document.hidden) window.location.reload();
  }, 4000);
}
