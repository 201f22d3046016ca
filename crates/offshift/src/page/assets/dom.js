/**
 * Builds elements. All of the page's markup is made here, from names and text.
 *
 * Never: markup from text, code from text, a style attribute, an address that is not the page's own.
 */

const SVG = "http://www.w3.org/2000/svg";
/** Attributes that would run something, load something or restyle something: none passes by name. */
const REFUSED = /^(on|style$|srcdoc$|srcset$|action$|formaction$|ping$)/i;

/** @typedef {Node | string | number | null | undefined | false | Child[]} Child */

/**
 * An element: `el("button.primary.small", { type: "button", on: { click } }, "Send")`.
 * @param {string} spec tag and classes
 * @param {Record<string, any>} [props] attributes; `on`: listeners; `data`: data attributes; `value`, `checked`: properties
 * @param {...Child} children
 * @returns {any}
 */
export function el(spec, props, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag);
  if (classes.length > 0) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(props ?? {})) set(node, name, value);
  append(node, children);
  return node;
}

/** @param {any} node @param {string} name @param {any} value */
function set(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "on") {
    for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  } else if (name === "data") {
    for (const [key, text] of Object.entries(value)) node.dataset[key] = String(text);
  } else if (name === "value" || name === "checked" || name === "indeterminate") {
    node[name] = value;
  } else if (name === "class") {
    node.classList.add(...String(value).split(" ").filter(Boolean));
  } else if (name === "href" || name === "src") {
    if (isOwn(String(value))) node.setAttribute(name, String(value));
  } else if (!REFUSED.test(name)) {
    node.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Places inside this page, files of this origin, and what this page made itself. @param {string} address */
function isOwn(address) {
  return address.startsWith("#") || address.startsWith("blob:") || /^\/[a-z]/.test(address);
}

/** @param {Node} node @param {Child[]} children */
export function append(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(node, child);
    else node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Puts `children` in the place of all that `node` holds. @param {Element} node @param {...Child} children */
export function fill(node, ...children) {
  const fragment = document.createDocumentFragment();
  append(fragment, children);
  node.replaceChildren(fragment);
}

/** What steers a screen instead of standing on it: control characters, and marks that turn the direction of what follows. */
const STEERS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text of others, made plain. @param {string} text */
export const plain = (text) => String(text ?? "").replace(STEERS, "\ufffd");

/** What another person wrote, in its own direction. @param {string} text @param {string} [spec] */
export function said(text, spec = "bdi") {
  return el(spec, { dir: "auto" }, plain(text));
}

/** A drawing. @param {string} box @param {Record<string, string>[]} paths @param {string} [name] */
export function drawing(box, paths, name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", box);
  if (name) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", name);
  } else {
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("focusable", "false");
  }
  for (const attributes of paths) {
    const path = document.createElementNS(SVG, "path");
    for (const [key, value] of Object.entries(attributes)) path.setAttribute(key, value);
    svg.appendChild(path);
  }
  return svg;
}

let counter = 0;
/** A fresh id, for labels. */
export function freshId() {
  counter += 1;
  return `n${counter}`;
}

/** Words for screen readers only. @param {string} text */
export function unseen(text) {
  return el("span.unseen", {}, text);
}

/** Puts `wanted` into `holder`, touching only what differs: what a person is about to press stays where it is. @param {Node} holder @param {Node[]} wanted */
export function arrange(holder, wanted) {
  let at = holder.firstChild;
  for (const node of wanted) {
    if (node === at) at = at.nextSibling;
    else holder.insertBefore(node, at);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

/** Remembers which control of `box` has the focus. Gives how to find it in what takes its place. @param {any} box */
export function focusOf(box) {
  const held = /** @type {any} */ (document.activeElement);
  if (!held || held === box || !box.contains(held)) return () => {};
  const nameOf = (/** @type {any} */ node) => node.getAttribute("aria-label") ?? node.getAttribute("href") ?? node.getAttribute("value") ?? (node.value || node.textContent);
  const name = nameOf(held);
  const alike = (/** @type {any} */ within) => [...within.querySelectorAll(held.tagName)].filter((node) => nameOf(node) === name);
  const at = alike(box).indexOf(held);
  return (/** @type {any} */ within) => alike(within)[at]?.focus({ preventScroll: true });
}

/** As `fill`, for what is drawn anew while a person is in it: the focus and what is unfolded stay. @param {any} node @param {...Child} children */
export function refill(node, ...children) {
  const back = focusOf(node);
  const unfolded = [...node.querySelectorAll("details")].map((box) => box.open);
  fill(node, ...children);
  [...node.querySelectorAll("details")].forEach((box, at) => (box.open = unfolded[at] ?? box.open));
  back(node);
}

/** However many calls come, work waits no longer than so many times its wait. */
const WAITS_MAX = 4;

/**
 * Calls `work` once, `wait` ms after the last call, or a few waits after the first. `now()` does at once what waits.
 * @param {number} wait @param {(...args: any[]) => void} work
 */
export function later(wait, work) {
  let timer = 0;
  let first = 0;
  /** @type {any[] | null} */
  let waiting = null;
  const run = () => {
    clearTimeout(timer);
    const args = waiting;
    waiting = null;
    if (args) work(...args);
  };
  const call = (/** @type {any[]} */ ...args) => {
    if (!waiting) first = Date.now();
    waiting = args;
    clearTimeout(timer);
    timer = setTimeout(run, Math.max(0, Math.min(wait, first + WAITS_MAX * wait - Date.now())));
  };
  call.now = run;
  call.drop = () => {
    clearTimeout(timer);
    waiting = null;
  };
  return call;
}
