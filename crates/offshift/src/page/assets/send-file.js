/**
 * A file from this machine into a room: shown first, with what is taken out of it and what is not.
 *
 * ```text
 * choose | drop | paste --ask--> POST /file (bytes as they are, to the engine on this machine) --> cleaned, sealed, sent
 * ```
 * Never: a file sent without a look at its name, or after the person said no to it; more than the room takes.
 */
import { untilSilence } from "./ask.js";
import { field, form } from "./dialog.js";
import { el, said } from "./dom.js";
import { speak } from "./notice.js";
import { call, failed, Failure, refusal } from "./rpc.js";
import { tabHeaders } from "./session.js";
import { percent, say, size } from "./words.js";

export const FILE_MAX = 25 * 1024 * 1024;

/** @param {string} room */
export function chooseFile(room) {
  const input = el("input", { type: "file" });
  input.addEventListener("change", () => {
    if (input.files?.[0]) void askFile(room, input.files[0]);
  });
  input.click();
}

/** @param {string} room @param {File} file */
export function askFile(room, file) {
  const isPhoto = file.type.startsWith("image/");
  const caption = el("input", { maxlength: "500", dir: "auto", autocomplete: "off" });
  const bar = el("progress", { max: "1", value: 0, hidden: true, "aria-label": say("page-file-progress", { name: file.name }) });
  const facts = [
    el("p.file-fact", {}, said(file.name, "strong"), " ", el("span.soft", {}, size(file.size))),
    el("p", {}, isPhoto ? say("page-file-photo") : say("page-file-inside")),
    file.size > FILE_MAX ? el("p.wrong.shown", {}, say("page-file-big", { most: size(FILE_MAX) })) : null,
  ];
  return form({
    title: say("page-file-send-title"), intro: el("div", {}, facts), yes: say("page-file-send"), isForAll: true,
    fields: [field(say("page-file-caption"), caption), bar],
    act: async (_, closed) => {
      if (file.size > FILE_MAX) throw new Failure("too_big", say("page-file-big", { most: size(FILE_MAX) }));
      bar.hidden = false;
      await upload(room, file, caption.value.trim(), closed, (share) => {
        bar.value = share;
        speak(percent(Math.round(share * 4) / 4));
      });
    },
  });
}

/**
 * By XMLHttpRequest, since fetch tells nothing about how far a body has gone.
 * @param {string} room @param {File} file @param {string} caption @param {AbortSignal} closed @param {(share: number) => void} far
 */
function upload(room, file, caption, closed, far) {
  return new Promise((sent, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/file?${new URLSearchParams({ room, caption })}`);
    const headers = { "Content-Type": "application/octet-stream", "Offshift-Name": encodeURIComponent(file.name), ...tabHeaders() };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    let isThere = false;
    request.upload.addEventListener("progress", (event) => far(event.loaded / Math.max(1, event.total)));
    request.upload.addEventListener("load", () => (isThere = true));
    const free = untilSilence(() => request.abort());
    for (const name of ["error", "abort"]) request.addEventListener(name, () => failed(new Failure("gone", "")));
    request.addEventListener("load", () => void answered(request, closed).then(sent, failed));
    request.addEventListener("loadend", free);
    // What the engine has whole it seals and sends: then only the engine can stop it, by the number in its answer.
    closed.addEventListener("abort", () => !isThere && request.abort());
    request.send(file);
  });
}

/** @param {XMLHttpRequest} request @param {AbortSignal} closed */
async function answered(request, closed) {
  const wrong = refusal(request.status);
  if (wrong) throw wrong;
  const { error, transfer } = read(request.responseText);
  if (error) throw failed(error);
  if (typeof transfer !== "string") throw new Failure("garbled", "");
  if (closed.aborted) await call("cancel_transfer", { id: transfer }).catch(() => {});
}

/** @param {string} text */
function read(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
