/**
 * A room's messages as a list of which only a window is on the screen.
 *
 * ```text
 * all: [ oldest loaded ........ lo [ on the screen ] hi ........ newest ]  + what waits, below the newest
 *       older pages are fetched when lo is near 0 and the person is near the top
 * ```
 * Never: more than WINDOW messages in the document; a jump of what the person reads while something is added.
 */
import { el, later } from "./dom.js";
import { byPosition } from "./rpc.js";
import { day, say } from "./words.js";

/** So many stand in the document at most, and so many are added at once. */
const WINDOW = 240;
const STEP = 60;
const NEAR_PX = 700;
/** Messages of one author within this time stand together. */
const TOGETHER_MS = 5 * 60_000;
/** A search far back gives up here. */
const LOOK_BACK_PAGES = 120;

export class Timeline {
  /**
   * @param {{ page: (before: string | null, limit: number) => Promise<{ messages: any[], more: boolean }>,
   *   draw: (message: any) => any, drawWaiting: (one: any) => any, seen: (position: string) => void }} how
   */
  constructor(how) {
    this.how = how;
    /** @type {any[]} */
    this.all = [];
    /** @type {any[]} */
    this.waiting = [];
    this.more = true;
    this.lo = 0;
    this.hi = 0;
    /** @type {Map<string, any>} */
    this.nodes = new Map();
    this.unreadFrom = "";
    /** What happened beside messages, while the screen is open, behind the message that was the newest then. @type {Map<string, any[]>} */
    this.asides = new Map();
    this.isAtEnd = true;
    /** @type {Promise<void> | null} */
    this.fetching = null;
    /** @type {((isAtEnd: boolean) => void) | null} */
    this.onEnd = null;
    this.isBusy = false;
    this.list = el("ol.messages", { role: "list", "aria-label": say("page-messages") });
    this.top = el("p.older", {}, say("page-older"));
    this.scroller = el("div.scroller", { tabindex: "-1" }, this.top, this.list);
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.scroller.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.walk(event));
    this.watch = new ResizeObserver(() => this.isAtEnd && this.toEnd());
    this.watch.observe(this.scroller);
    this.watch.observe(this.list);
    this.tellSeen = later(250, () => this.seen());
  }

  close() {
    this.watch.disconnect();
    this.tellSeen.drop();
  }

  /** The newest page, and the line above what is unread. @param {number} unread */
  async load(unread) {
    const page = await this.how.page(null, Math.min(Math.max(50, unread + 10), 200));
    const kept = this.all.filter((old) => page.messages.length > 0 && byPosition(old.position, page.messages[0].position) < 0);
    this.more = kept.length > 0 ? this.more : page.more;
    this.nodes.clear();
    this.all = [...kept, ...page.messages];
    if (this.unreadFrom === "" && unread > 0) this.unreadFrom = this.firstUnread(unread);
    this.hi = this.all.length;
    this.lo = Math.max(0, this.hi - WINDOW / 2);
    this.draw();
    this.isAtEnd = true;
    const line = this.list.querySelector(".unread-line");
    if (line && this.unreadFrom) {
      this.scroller.scrollTop += line.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top - 60;
      this.measure();
    } else this.toEnd();
    this.tellSeen();
  }

  /** @param {number} unread */
  firstUnread(unread) {
    let left = unread;
    for (let at = this.all.length - 1; at >= 0; at -= 1) {
      if (!this.all[at].own) left -= 1;
      if (left === 0) return this.all[at].id;
    }
    return this.all[0]?.id ?? "";
  }

  /** One more, at its place. @param {any} message */
  add(message) {
    if (this.all.some((old) => old.id === message.id && old.sender === message.sender)) return this.change(message);
    const wasWhole = this.hi === this.all.length;
    let at = this.all.length;
    while (at > 0 && byPosition(this.all[at - 1].position, message.position) > 0) at -= 1;
    this.all.splice(at, 0, message);
    if (wasWhole) this.hi = this.all.length;
    const wasAtEnd = this.isAtEnd;
    if (wasAtEnd) this.lo = Math.max(this.lo, this.hi - WINDOW);
    this.draw();
    if (wasAtEnd || message.own) this.toEnd();
    this.tellSeen();
  }

  /** A line of this screen's own, below what is the newest now. @param {any} node */
  aside(node) {
    const behind = this.all[this.all.length - 1]?.id ?? "";
    this.asides.set(behind, [...(this.asides.get(behind) ?? []), node]);
    this.draw();
    if (this.isAtEnd) this.toEnd();
  }

  /** The same message, as it is now. @param {any} message */
  change(message) {
    const at = this.all.findIndex((old) => old.id === message.id && old.sender === message.sender);
    if (at < 0) return;
    this.all[at] = message;
    const old = this.nodes.get(message.id);
    this.nodes.delete(message.id);
    const hadFocus = old?.contains(document.activeElement);
    this.draw();
    const now = this.nodes.get(message.id);
    if (hadFocus) now?.focus({ preventScroll: true });
    if (this.isAtEnd) this.toEnd();
  }

  /** What disappears. @param {(message: any) => boolean} goes */
  drop(goes) {
    this.all = this.all.filter((message) => !goes(message));
    this.hi = this.all.length;
    this.lo = Math.max(0, this.hi - WINDOW / 2);
    this.keepPlace(() => this.draw());
  }

  /** @param {any[]} waiting */
  setWaiting(waiting) {
    this.waiting = waiting;
    this.draw();
    if (this.isAtEnd) this.toEnd();
  }

  /** @param {string} id */
  find(id) {
    return this.all.find((message) => message.id === id);
  }

  /** Scrolls to a message, also one far back. Gives whether it was found. @param {string} id */
  async jump(id) {
    for (let pages = 0; !this.find(id) && this.more && pages < LOOK_BACK_PAGES; pages += 1) await this.fetchOlder(200);
    const at = this.all.findIndex((message) => message.id === id);
    if (at < 0) return false;
    this.isAtEnd = false;
    this.lo = Math.max(0, at - STEP);
    this.hi = Math.min(this.all.length, at + STEP);
    this.draw();
    const node = this.nodes.get(id);
    node?.scrollIntoView({ block: "center" });
    node?.focus({ preventScroll: true });
    node?.classList.add("found");
    setTimeout(() => node?.classList.remove("found"), 2500);
    this.measure();
    return true;
  }

  toEnd() {
    if (this.hi !== this.all.length) {
      this.hi = this.all.length;
      this.lo = Math.max(0, this.hi - WINDOW / 2);
      this.draw();
    }
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.isAtEnd = true;
    this.onEnd?.(true);
  }

  scrolled() {
    if (this.isBusy) return;
    this.isBusy = true;
    requestAnimationFrame(() => {
      this.isBusy = false;
      this.measure();
      if (this.scroller.scrollTop < NEAR_PX) void this.older();
      else if (this.below() < NEAR_PX && this.hi < this.all.length) this.newer();
      this.tellSeen();
    });
  }

  below() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
  }

  measure() {
    const was = this.isAtEnd;
    this.isAtEnd = this.below() < 48 && this.hi === this.all.length;
    if (was !== this.isAtEnd) this.onEnd?.(this.isAtEnd);
  }

  async older() {
    if (this.lo === 0 && this.more) await this.fetchOlder(STEP);
    if (this.lo === 0) return;
    this.keepPlace(() => {
      this.lo = Math.max(0, this.lo - STEP);
      this.hi = Math.min(this.hi, this.lo + WINDOW);
      this.draw();
    });
  }

  newer() {
    this.keepPlace(() => {
      this.hi = Math.min(this.all.length, this.hi + STEP);
      this.lo = Math.max(this.lo, this.hi - WINDOW);
      this.draw();
    });
  }

  /** One page further back, into memory only. @param {number} limit */
  fetchOlder(limit) {
    this.fetching ??= (async () => {
      try {
        const page = await this.how.page(this.all[0]?.position ?? null, limit);
        this.all = [...page.messages, ...this.all];
        this.lo += page.messages.length;
        this.hi += page.messages.length;
        this.more = page.more && page.messages.length > 0;
      } finally {
        this.fetching = null;
      }
    })();
    return this.fetching;
  }

  /** Draws without moving what the person reads. @param {() => void} draw */
  keepPlace(draw) {
    const top = this.scroller.getBoundingClientRect().top;
    const anchor = [...this.list.children].find((node) => node.dataset.id && node.getBoundingClientRect().bottom > top);
    const before = anchor?.getBoundingClientRect().top ?? 0;
    draw();
    if (anchor?.isConnected) this.scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  /** Puts the window into the document, touching only what differs. */
  draw() {
    const wanted = this.wanted();
    let at = this.list.firstChild;
    for (const node of wanted) {
      if (node === at) at = at.nextSibling;
      else this.list.insertBefore(node, at);
    }
    while (at) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
    this.top.hidden = !this.more && this.lo === 0;
    const rover = this.list.querySelector("[data-id][tabindex='0']");
    if (!rover) this.list.querySelector("[data-id]:last-of-type")?.setAttribute("tabindex", "0");
  }

  wanted() {
    const wanted = [];
    for (let at = this.lo; at < this.hi; at += 1) {
      const [message, before] = [this.all[at], this.all[at - 1]];
      const isNewDay = !before || new Date(before.at).toDateString() !== new Date(message.at).toDateString();
      const isLine = message.id === this.unreadFrom;
      if (isNewDay) wanted.push(this.extra(`day-${message.id}`, () => el("li.day", {}, el("span", {}, day(message.at)))));
      if (isLine) wanted.push(this.extra("unread-line", () => el("li.unread-line", {}, el("span", {}, say("page-unread-line")))));
      const node = this.node(message);
      node.classList.toggle("together", !isNewDay && !isLine && isTogether(before, message));
      wanted.push(node, ...(this.asides.get(message.id) ?? []));
    }
    if (this.all.length === 0) wanted.push(...(this.asides.get("") ?? []));
    if (this.hi === this.all.length) {
      for (const one of this.waiting) if (!this.find(one.id)) wanted.push(this.how.drawWaiting(one));
    }
    return wanted;
  }

  /** @param {any} message */
  node(message) {
    const known = this.nodes.get(message.id);
    if (known) return known;
    const node = this.how.draw(message);
    node.dataset.id = message.id;
    node.setAttribute("tabindex", "-1");
    this.nodes.set(message.id, node);
    return node;
  }

  /** @param {string} key @param {() => any} make */
  extra(key, make) {
    const known = this.nodes.get(key) ?? make();
    this.nodes.set(key, known);
    return known;
  }

  /** The newest message that has been on the screen is read. */
  seen() {
    if (document.visibilityState !== "visible" || !document.hasFocus()) return;
    const bottom = this.scroller.getBoundingClientRect().bottom;
    for (let at = this.hi - 1; at >= this.lo; at -= 1) {
      const node = this.nodes.get(this.all[at].id);
      if (node?.isConnected && node.getBoundingClientRect().top < bottom) return this.how.seen(this.all[at].position);
    }
  }

  /** Arrow keys go from message to message. @param {KeyboardEvent} event */
  walk(event) {
    const here = /** @type {any} */ (event.target);
    if (!here.dataset?.id) return;
    const nodes = [...this.list.querySelectorAll("[data-id]")];
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
}

/** @param {any} before @param {any} message */
function isTogether(before, message) {
  return Boolean(before) && before.sender === message.sender && message.at - before.at < TOGETHER_MS
    && message.kind === "text" && before.kind === "text" && !message.reply_to;
}
