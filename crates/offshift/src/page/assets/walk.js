/**
 * Arrow keys in a conversation: from message to message, and down to where one writes.
 *
 * Never: a key taken from a control inside of a message.
 */

/** @param {HTMLElement} list @param {KeyboardEvent} event */
export function walk(list, event) {
  const here = /** @type {any} */ (event.target);
  if (!here.dataset?.id) return;
  const nodes = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-id]")]);
  const at = nodes.indexOf(here);
  const steps = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: nodes.length - 1 };
  if (event.key === "Enter") {
    event.preventDefault();
    here.querySelector("[aria-haspopup=menu]")?.click();
  }
  if (!(event.key in steps)) return;
  event.preventDefault();
  const next = nodes[steps[/** @type {keyof typeof steps} */ (event.key)]];
  if (!next) return event.key === "ArrowDown" ? document.getElementById("composer")?.focus() : undefined;
  here.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}
