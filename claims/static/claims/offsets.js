/* Places in a text: browsers count UTF-16 units, what is kept counts Unicode code points. */

/** How many code points a string has. */
export function points(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The UTF-16 index at which the code point of this number begins. */
export function units(text, point) {
  let at = 0;
  for (const letter of text) {
    if (point <= 0) break;
    point -= 1;
    at += letter.length;
  }
  return at;
}

/** The UTF-16 index of a boundary of a selection in the text of `root`. */
export function unitsBefore(root, node, offset) {
  const before = document.createRange();
  before.setStart(root, 0);
  before.setEnd(node, offset);
  return before.toString().length;
}

const AROUND = 200; // units that are looked at for the letters at a border: no cluster is longer in practice
const letters = typeof Intl !== "undefined" && Intl.Segmenter ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;

/** [start, end] in UTF-16 units without blanks at either end, and with no letter cut: marks, joiners and pairs stay whole. */
export function fitted(text, start, end) {
  while (start < end && /\s/u.test(text[start])) start += 1;
  while (end > start && /\s/u.test(text[end - 1])) end -= 1;
  return start < end ? [opening(text, start), closing(text, end)] : [start, start];
}

function opening(text, at) {
  const cluster = around(text, at);
  return cluster ? cluster[0] : at;
}

function closing(text, at) {
  const cluster = around(text, at - 1);
  return cluster ? cluster[1] : at;
}

/** Where the letter that holds this unit begins and ends. */
function around(text, at) {
  let from = Math.max(0, at - AROUND);
  const blank = text.slice(from, at).search(/\s\S*$/u);
  if (blank >= 0) from += blank;
  else if (from > 0 && isTrail(text, from)) from -= 1;
  const window = text.slice(from, at + AROUND);
  if (!letters) return [isTrail(text, at) ? at - 1 : at, isTrail(text, at + 1) ? at + 2 : at + 1];
  const found = letters.segment(window).containing(at - from);
  return found ? [from + found.index, from + found.index + found.segment.length] : null;
}

function isTrail(text, at) {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
