/**
 * Completes "@" to the handle of somebody who is in the room (the ARIA pattern of a combobox with a list).
 *
 * Never: anyone from outside of the room.
 */
import { el, fill, freshId, said } from "./dom.js";
import { monogram } from "./text.js";
import { say } from "./words.js";

const SHOWN_MAX = 6;

/** @param {any} area @param {() => string[]} handles */
export function completing(area, handles) {
  const id = freshId();
  const node = el("ul.mentions", { id, role: "listbox", "aria-label": say("page-mentions"), hidden: true });
  let at = 0;
  /** @type {string[]} */
  let fits = [];
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", id);
  const close = () => {
    node.hidden = true;
    fits = [];
    area.removeAttribute("aria-activedescendant");
  };
  const draw = () => {
    fill(node, fits.map((handle, index) => el("li", {
      id: `${id}-${index}`, role: "option", "aria-selected": index === at ? "true" : "false",
      on: { mousedown: (/** @type {Event} */ event) => { event.preventDefault(); take(index); } },
    }, monogram(handle, handle), said(handle))));
    node.hidden = fits.length === 0;
    if (fits.length > 0) area.setAttribute("aria-activedescendant", `${id}-${at}`);
  };
  const take = (/** @type {number} */ index) => {
    const [start] = typedMention(area) ?? [area.selectionStart];
    area.setRangeText(`@${fits[index]} `, start, area.selectionStart, "end");
    close();
    area.dispatchEvent(new Event("input"));
  };
  area.addEventListener("input", () => {
    const [, typed] = typedMention(area) ?? [0, null];
    if (typed === null) return close();
    const lower = typed.toLowerCase();
    fits = [...new Set(handles())].filter((handle) => handle.toLowerCase().startsWith(lower) && handle !== typed).slice(0, SHOWN_MAX);
    at = 0;
    if (fits.length === 0) return close();
    draw();
  });
  area.addEventListener("blur", close);
  /** Takes a key that is for the list. @param {KeyboardEvent} event */
  const key = (event) => {
    if (node.hidden) return false;
    if (event.key === "ArrowDown") at = (at + 1) % fits.length;
    else if (event.key === "ArrowUp") at = (at + fits.length - 1) % fits.length;
    else if (event.key === "Enter" || event.key === "Tab") take(at);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    if (!node.hidden) draw();
    return true;
  };
  return { node, key };
}

/** Where the "@" before the cursor stands, and what follows it; nothing when the cursor is not in one. @param {any} area @returns {[number, string] | null} */
function typedMention(area) {
  const before = area.value.slice(0, area.selectionStart);
  const match = /(?:^|\s)@([^\s@]{0,32})$/u.exec(before);
  return match ? [before.length - (match[1]?.length ?? 0) - 1, match[1] ?? ""] : null;
}
