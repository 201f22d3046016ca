/**
 * A room's messages as a list of which only a window is on the screen.
 *
 * ```text
 * all: [ oldest loaded ........ lo [ on the screen ] hi ........ newest ]  + what waits, below the newest
 *       older pages are fetched when lo is near 0 and the person is near the top
 * ```
 * Never: more than WINDOW messages in the document; a jump of what the person reads while something is added.
 */
import { arrange, el, focusOf, later } from "./dom.js";
import { firstUnread, insert, isNewDay, isTogether } from "./loaded.js";
import { isThere, onSign } from "./person.js";
import { keyOf } from "./rpc.js";
import { walk } from "./walk.js";
import { day, say } from "./words.js";

/** So many stand in the document at most, and so many are added at once. */
const WINDOW = 240;
const STEP = 60;
/** So many are asked for first, and more where more are unread. */
export const NEWEST = 50;
const NEAR_PX = 700;
/** A search far back gives up here. */
const LOOK_BACK_PAGES = 120;
/** So many stay in memory while the newest are on the screen; what is older is asked for again. */
const KEPT_MAX = 3000;
/** Without a sign of a person for so long, nobody is held to read. */
const READS_MS = 60_000;

export class Timeline {
  /**
   * @param {{ early: (before: string | null, limit: number) => Promise<{ messages: any[], more: boolean }> | null, page: (before: string | null, limit: number) => Promise<{ messages: any[], more: boolean }>,
   *   draw: (message: any) => any, drawWaiting: (one: any) => any, isKnown: (id: string) => Promise<boolean>, seen: (position: string) => void }} how
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
    /** What came while the newest page was asked for. @type {any[] | null} */
    this.came = null;
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
    this.scroller.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => walk(this.list, event));
    this.watch = new ResizeObserver(() => this.isAtEnd && this.toEnd());
    this.watch.observe(this.scroller);
    this.watch.observe(this.list);
    this.tellSeen = later(250, () => this.seen());
    this.deafen = onSign(() => this.tellSeen());
  }

  close() {
    this.watch.disconnect();
    this.tellSeen.drop();
    this.deafen();
  }

  /** The newest page in the place of all, and the line above what is unread. @param {number} unread */
  async load(unread) {
    const limit = Math.min(Math.max(NEWEST, unread + 10), 200);
    const early = this.how.early(null, limit);
    if (!early) return this.loadBy(this.how.page(null, limit), unread);
    await this.loadBy(early, unread);
    // The stream of events may have begun after it was asked for: what came between is seen now.
    const shown = JSON.stringify(await early);
    const now = await this.how.page(null, limit);
    if (JSON.stringify(now) !== shown) await this.loadBy(Promise.resolve(now), unread);
  }

  /** @param {Promise<{ messages: any[], more: boolean }>} asked @param {number} unread */
  async loadBy(asked, unread) {
    const came = (this.came = /** @type {any[]} */ ([]));
    const reading = this.isAtEnd ? null : this.atTop();
    const page = await asked.catch((error) => { this.came = null; throw error; });
    // Asked once more in the meantime.
    if (this.came !== came) return;
    this.came = null;
    this.more = page.more;
    this.nodes.clear();
    this.all = page.messages;
    came.forEach((message) => insert(this.all, message));
    if (this.unreadFrom === "" && unread > 0) this.unreadFrom = firstUnread(this.all, unread);
    const at = reading ? this.all.findIndex((message) => keyOf(message) === reading) : -1;
    if (at >= 0) return this.showAround(at, "start");
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

  /** One more, at its place. @param {any} message */
  add(message) {
    this.came?.push(message);
    const wasWhole = this.hi === this.all.length;
    if (!insert(this.all, message)) return this.change(message);
    if (wasWhole) this.hi = this.all.length;
    const wasAtEnd = this.isAtEnd;
    if (wasAtEnd) this.trim();
    this.draw();
    if (wasAtEnd || message.own) this.toEnd();
    this.tellSeen();
  }

  /** At the newest, what is far above is let go. */
  trim() {
    this.lo = Math.max(this.lo, this.hi - WINDOW);
    const gone = Math.min(this.lo, this.all.length - KEPT_MAX);
    if (gone <= 0) return;
    this.all.splice(0, gone);
    this.lo -= gone;
    this.hi -= gone;
    this.more = true;
  }

  /** A line of this screen's own, below what is the newest now. @param {any} node */
  aside(node) {
    const newest = this.all[this.all.length - 1];
    const behind = newest ? keyOf(newest) : "";
    this.asides.set(behind, [...(this.asides.get(behind) ?? []), node]);
    this.draw();
    if (this.isAtEnd) this.toEnd();
  }

  /** The same message, as it is now, and what quotes it. @param {any} message */
  change(message) {
    this.came?.push(message);
    const key = keyOf(message);
    const at = this.all.findIndex((old) => keyOf(old) === key);
    for (const other of this.all) if (other.reply_to === message.id) this.nodes.delete(keyOf(other));
    if (at >= 0) this.all[at] = message;
    const old = this.nodes.get(key);
    const back = old ? focusOf(old) : () => {};
    const isHeld = old !== undefined && old === document.activeElement;
    this.nodes.delete(key);
    this.draw();
    const now = this.nodes.get(key);
    if (now) back(now);
    if (isHeld) now?.focus({ preventScroll: true });
    if (this.isAtEnd) this.toEnd();
  }

  /** What disappears; what quotes it is drawn anew. @param {(message: any) => boolean} goes */
  drop(goes) {
    const before = (/** @type {number} */ end) => this.all.slice(0, end).filter(goes).length;
    const [above, within] = [before(this.lo), before(this.hi)];
    if (before(this.all.length) === 0) return;
    this.keepPlace(() => {
      this.all = this.all.filter((message) => !goes(message));
      this.lo -= above;
      this.hi -= within;
      this.nodes.clear();
      this.draw();
    });
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
    // A message can name any number: who answers what is not there must not set off a search through all.
    if (!this.find(id) && !(await this.how.isKnown(id))) return false;
    for (let pages = 0; !this.find(id) && this.more && pages < LOOK_BACK_PAGES; pages += 1) await this.fetchOlder(200);
    const at = this.all.findIndex((message) => message.id === id);
    if (at < 0) return false;
    const node = this.showAround(at, "center");
    node?.focus({ preventScroll: true });
    node?.classList.add("found");
    setTimeout(() => node?.classList.remove("found"), 2500);
    return true;
  }

  /** @param {number} at @param {ScrollLogicalPosition} block */
  showAround(at, block) {
    this.isAtEnd = false;
    this.lo = Math.max(0, at - STEP);
    this.hi = Math.min(this.all.length, at + STEP);
    this.draw();
    const node = this.nodes.get(keyOf(this.all[at]));
    node?.scrollIntoView({ block });
    this.measure();
    return node;
  }

  /** The first message that the person sees. */
  atTop() {
    const top = this.scroller.getBoundingClientRect().top;
    return [...this.list.children].find((node) => node.dataset.id && node.getBoundingClientRect().bottom > top)?.dataset.id ?? null;
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
        const first = this.all[0];
        const page = await this.how.page(first?.position ?? null, limit);
        // Loaded anew in the meantime: these may not join what is there now.
        if (this.all[0] !== first) return;
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
    const key = this.atTop();
    const before = key ? this.nodes.get(key)?.getBoundingClientRect().top : 0;
    draw();
    const anchor = key ? this.nodes.get(key) : null;
    if (anchor?.isConnected) this.scroller.scrollTop += anchor.getBoundingClientRect().top - (before ?? 0);
  }

  /** Puts the window into the document. */
  draw() {
    arrange(this.list, this.wanted());
    this.top.hidden = !this.more && this.lo === 0;
    if (!this.list.querySelector("[data-id][tabindex='0']")) this.list.querySelector("[data-id]:last-of-type")?.setAttribute("tabindex", "0");
  }

  /** The nodes of the window; those outside of it are let go. */
  wanted() {
    const [wanted, before] = [/** @type {any[]} */ ([]), this.nodes];
    this.nodes = new Map();
    const put = (/** @type {string} */ key, /** @type {() => any} */ make) => {
      const node = before.get(key) ?? make();
      this.nodes.set(key, node);
      wanted.push(node);
      return node;
    };
    for (let at = this.lo; at < this.hi; at += 1) this.putMessage(this.all[at], this.all[at - 1], put, wanted);
    if (this.all.length === 0) wanted.push(...(this.asides.get("") ?? []));
    if (this.hi !== this.all.length) return wanted;
    // Only an own message can be this one, come through.
    for (const one of this.waiting.filter((wait) => !this.all.some((message) => message.own && message.id === wait.id))) {
      if (one.isTransfer) wanted.push(this.how.drawWaiting(one));
      else put(`wait-${one.id}`, () => this.how.drawWaiting(one));
    }
    return wanted;
  }

  /** @param {any} message @param {any} before @param {(key: string, make: () => any) => any} put @param {any[]} wanted */
  putMessage(message, before, put, wanted) {
    const key = keyOf(message);
    const isLine = key === this.unreadFrom;
    if (isNewDay(before, message)) put(`day-${key}`, () => el("li.day", {}, el("span", {}, day(message.at))));
    if (isLine) put("unread-line", () => el("li.unread-line", {}, el("span", {}, say("page-unread-line"))));
    const node = put(key, () => this.make(message, key));
    node.classList.toggle("together", !isNewDay(before, message) && !isLine && isTogether(before, message));
    wanted.push(...(this.asides.get(key) ?? []));
  }

  /** One message that can't be drawn takes no other with it. @param {any} message @param {string} key */
  make(message, key) {
    let node;
    try {
      node = this.how.draw(message);
    } catch {
      node = el("li.message", {}, el("p.soft", {}, say("page-unknown-kind")));
    }
    node.dataset.id = key;
    node.setAttribute("tabindex", "-1");
    return node;
  }

  /** The newest message that has been on the screen is read. */
  seen() {
    if (document.visibilityState !== "visible" || !document.hasFocus() || !isThere(READS_MS)) return;
    const bottom = this.scroller.getBoundingClientRect().bottom;
    for (let at = this.hi - 1; at >= this.lo; at -= 1) {
      const node = this.nodes.get(keyOf(this.all[at]));
      if (node?.isConnected && node.getBoundingClientRect().top < bottom) return this.how.seen(this.all[at].position);
    }
  }
}
