/**
 * Where one writes: a draft kept sealed on this device, handles completed, odd characters named, one step to send.
 *
 * ```text
 * typing --> draft (set_draft), oddities (check_text), "@" completion;  Enter --> send | edit
 * ```
 * Never: that somebody types told to anyone; a text sent twice.
 */
import { el, fill, later, said } from "./dom.js";
import { announce, askPoll, makePlan } from "./forms.js";
import { icon } from "./icons.js";
import { snippet } from "./kinds.js";
import { completing } from "./mentions.js";
import { menu } from "./menu.js";
import { speak, trying } from "./notice.js";
import { cleaned, oddWords } from "./odd.js";
import { call, keyOf, variant } from "./rpc.js";
import { store } from "./store.js";
import { askFile, chooseFile } from "./send-file.js";
import { say } from "./words.js";

const ROWS_MAX = 9;

/** The one on the screen. @type {Composer | null} */
let shown = null;

/** Keeps what was begun, before the engine takes nothing more. */
export async function keepNow() {
  shown?.keepDraft.now();
  await shown?.kept;
}

export class Composer {
  /**
   * @param {{ room: string, handles: () => string[], isOrganizer: () => boolean, mayPost: () => boolean, sent: (id: string, text: string) => void,
   *   lastOwn: () => any }} around
   */
  constructor(around) {
    this.around = around;
    /** @type {any} */
    this.replyTo = null;
    /** @type {any} */
    this.editing = null;
    this.isSending = false;
    /** Whether what is written goes only where this device surely knows who reads. */
    this.isSensitive = false;
    this.area = el("textarea", { id: "composer", rows: "1", dir: "auto", autocomplete: "off", placeholder: say("page-write"), "aria-label": say("page-write-label") });
    this.about = el("div.about", { hidden: true });
    this.odd = el("div.odd", { hidden: true, role: "status" });
    this.care = el("div.about.care", { hidden: true }, icon("lock"), el("p", { role: "status" }, say("page-sensitive-about")),
      el("button.bare.tiny", { type: "button", "aria-label": say("page-sensitive-off"), on: { click: () => { this.sensitive(false); this.area.focus(); } } }, icon("close")));
    this.button = el("button.primary.send", { type: "submit", "aria-label": say("page-send"), title: say("page-send") }, icon("send"));
    this.plus = menu({ name: say("page-add"), picture: "add", spec: "button.bare.plus", choices: () => this.kinds() });
    this.row = el("div.write-row", {}, this.plus, this.area, this.button);
    this.node = el("form.composer", {}, this.about, this.care, this.odd, this.row);
    this.kept = Promise.resolve();
    this.keepDraft = later(500, (text) => (this.kept = call("set_draft", { room: around.room, text }).catch(() => {})));
    shown = this;
    this.check = later(350, () => void this.checkNow());
    this.completion = completing(this.area, () => around.handles().filter((handle) => handle !== store.handle));
    this.row.append(this.completion.node);
    this.listen();
  }

  listen() {
    this.node.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      void this.send();
    });
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.key(event));
    this.area.addEventListener("paste", (/** @type {ClipboardEvent} */ event) => {
      const file = event.clipboardData?.files[0];
      if (!file) return;
      event.preventDefault();
      void askFile(this.around.room, file);
    });
  }

  close() {
    if (shown === this) shown = null;
    this.keepDraft.now();
    this.check.drop();
  }

  async load() {
    const text = await call("draft", { room: this.around.room }).catch(() => "");
    if (this.area.value !== "" || !text) return;
    this.area.value = text;
    this.fit();
  }

  typed() {
    this.fit();
    if (!this.editing) this.keepDraft(this.area.value);
    this.check();
  }

  /** As high as its lines, within reason. */
  fit() {
    this.area.rows = Math.min(ROWS_MAX, Math.max(1, this.area.value.split("\n").length));
    this.node.classList.toggle("has-text", this.area.value.trim() !== "");
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing || this.completion.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !matchMedia("(pointer: coarse)").matches) {
      event.preventDefault();
      void this.send();
    } else if (event.key === "Escape" && (this.replyTo || this.editing)) {
      event.preventDefault();
      this.leave();
    } else if (event.key === "ArrowUp" && this.area.value === "") {
      const last = this.around.lastOwn();
      if (last) {
        event.preventDefault();
        this.edit(last);
      }
    }
  }

  async send() {
    const text = this.area.value.trim();
    if (text === "" || this.isSending) return;
    const { replyTo, editing, isSensitive } = this;
    this.isSending = true;
    this.keepDraft.drop();
    // At once: what is typed while it goes is of the next message.
    this.empty();
    const went = await trying(() => (editing ? this.sendEdit(editing, text) : this.sendNew(replyTo, text, isSensitive)));
    this.isSending = false;
    if (went) return this.area.focus();
    this.giveBack(text, replyTo, editing);
    this.sensitive(isSensitive);
  }

  /** What did not go stands before what was typed since. @param {string} text @param {any} replyTo @param {any} editing */
  giveBack(text, replyTo, editing) {
    const since = this.area.value;
    if (editing) this.edit(editing);
    else if (replyTo) this.reply(replyTo);
    this.area.value = since === "" ? text : `${text}\n${since}`;
    this.typed();
  }

  /** @param {any} replyTo @param {string} text @param {boolean} isSensitive */
  async sendNew(replyTo, text, isSensitive) {
    const room = this.around.room;
    const id = await call("send", { room, text, reply_to: replyTo?.id ?? null, care: isSensitive ? "sensitive" : "ordinary" });
    if (this.area.value === "") void call("set_draft", { room, text: "" }).catch(() => {});
    this.around.sent(id, text);
  }

  /** @param {any} editing @param {string} text */
  async sendEdit(editing, text) {
    if (text !== editing.text) await call("edit", { room: this.around.room, message: editing.id, text });
    speak(say("page-edited"));
  }

  empty() {
    this.area.value = "";
    this.leave();
    this.sensitive(false);
    this.fit();
    this.odd.hidden = true;
  }

  /** @param {boolean} is */
  sensitive(is) {
    this.isSensitive = is;
    this.care.hidden = !is;
  }

  /** @param {any} message */
  reply(message) {
    if (this.editing) this.leave();
    this.replyTo = message;
    this.say(say("page-answering", { who: message.own ? say("page-you") : message.handle }), message);
  }

  /** @param {any} message */
  edit(message) {
    this.keepDraft.now();
    this.replyTo = null;
    this.editing = message;
    this.area.value = message.text ?? "";
    this.fit();
    this.say(say("page-editing"), message);
  }

  /** @param {string} words @param {any} message */
  say(words, message) {
    const stop = el("button.bare.tiny", { type: "button", "aria-label": say("page-cancel"), on: { click: () => { this.leave(); this.area.focus(); } } }, icon("close"));
    fill(this.about, el("p", {}, el("strong", {}, words), " ", el("span.soft", { dir: "auto" }, snippet(message))), stop);
    this.about.hidden = false;
    this.area.focus();
  }

  /** What is answered or edited, as it is now: what was taken back stands here no more. @param {any} message */
  changed(message) {
    const about = this.replyTo ?? this.editing;
    if (!about || keyOf(about) !== keyOf(message)) return;
    if (variant(message.kind)[0] === "taken_back") this.leave();
    else fill(this.about.querySelector(".soft"), snippet(message));
  }

  /** @param {number} until */
  disappeared(until) {
    if ((this.replyTo ?? this.editing)?.at < until) this.leave();
  }

  leave() {
    if (this.editing) {
      this.area.value = "";
      void this.load();
    }
    this.replyTo = null;
    this.editing = null;
    this.about.hidden = true;
    fill(this.about);
    this.fit();
  }

  async checkNow() {
    const text = this.area.value;
    const found = text === "" ? [] : await call("check_text", { text }).catch(() => []);
    if (this.area.value !== text) return;
    this.odd.hidden = found.length === 0;
    if (found.length === 0) return fill(this.odd);
    const clean = cleaned(text, found);
    const use = () => {
      this.area.value = clean ?? text;
      this.typed();
      this.area.focus();
    };
    fill(this.odd, icon("alarm"), el("div", {}, oddWords(found).map((line) => el("p", {}, line))),
      clean === null ? null : el("button.quiet.small", { type: "button", on: { click: use } }, say("page-odd-clean")));
  }

  kinds() {
    const room = this.around.room;
    const list = [
      { name: say("page-file-send-title"), icon: "file", act: () => chooseFile(room) },
      { name: say("page-poll-ask"), icon: "poll", act: () => void askPoll(room) },
      { name: say("page-plan-make"), icon: "plan", act: () => void makePlan(room) },
    ];
    if (!this.isSensitive && !this.editing) list.push({ name: say("page-sensitive"), icon: "lock", act: () => { this.sensitive(true); this.area.focus(); } });
    if (this.around.isOrganizer()) list.push({ name: say("page-announce"), icon: "announce", act: () => void announce(room) });
    return list;
  }
}
