/**
 * A button that opens a list of things to do: arrow keys walk it, Escape closes it, the focus comes back.
 *
 * Never: two open at once.
 */
import { el } from "./dom.js";
import { icon } from "./icons.js";

/** @typedef {{ name: string, icon: any, act: () => void, grave?: boolean }} Choice */

/** @type {(() => void) | null} */
let shutOpen = null;

/**
 * @param {{ name: string, picture?: any, spec?: string, choices: () => Choice[], before?: (close: () => void) => any }} what
 */
export function menu(what) {
  const button = el(what.spec ?? "button.bare", {
    type: "button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": what.name, title: what.name,
  }, icon(what.picture ?? "more"));
  const holder = el("div.menu-holder", {}, button);
  const openIt = () => open(holder, button, what);
  button.addEventListener("click", () => (button.getAttribute("aria-expanded") === "true" ? shutOpen?.() : openIt()));
  button.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    openIt();
  });
  return holder;
}

/** @param {any} holder @param {any} button @param {any} what */
function open(holder, button, what) {
  shutOpen?.();
  const list = el("div.menu", { role: "menu", "aria-label": what.name });
  const close = (/** @type {boolean} */ back = true) => {
    shutOpen = null;
    list.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("mousedown", outside);
    if (back) button.focus();
  };
  const outside = (/** @type {MouseEvent} */ event) => {
    if (!holder.contains(/** @type {Node} */ (event.target))) close(false);
  };
  if (what.before) list.append(what.before(close));
  for (const choice of what.choices()) list.append(item(choice, close));
  list.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => walk(event, list, close));
  holder.append(list);
  button.setAttribute("aria-expanded", "true");
  document.addEventListener("mousedown", outside);
  shutOpen = close;
  place(list, button);
  list.querySelector("[role=menuitem]")?.focus();
}

/** @param {Choice} choice @param {() => void} close */
function item(choice, close) {
  const press = () => {
    close();
    choice.act();
  };
  return el("button.item", { type: "button", role: "menuitem", tabindex: "-1", class: choice.grave ? "grave-item" : "", on: { click: press } },
    icon(choice.icon), el("span", {}, choice.name));
}

/** Above the button where there is no room below it. @param {any} list @param {any} button */
function place(list, button) {
  const room = window.innerHeight - button.getBoundingClientRect().bottom;
  list.classList.toggle("up", list.offsetHeight + 12 > room);
}

/** @param {KeyboardEvent} event @param {any} list @param {(back?: boolean) => void} close */
function walk(event, list, close) {
  const items = [...list.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const rtl = document.documentElement.dir === "rtl";
  const steps = { ArrowDown: 1, ArrowUp: -1, ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 };
  if (event.key === "Escape") close();
  else if (event.key === "Tab") return close();
  else if (event.key in steps) {
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    items[(at + step + items.length) % items.length]?.focus();
  } else if (event.key === "Home") items[0]?.focus();
  else if (event.key === "End") items[items.length - 1]?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
