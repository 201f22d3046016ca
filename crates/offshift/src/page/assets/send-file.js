/**
 * A file from this machine into a room: shown first, with what is taken out of it and what is not.
 *
 * ```text
 * choose | drop | paste --ask--> POST /file (bytes as they are, to the engine on this machine) --> cleaned, sealed, sent
 * ```
 * Never: a file sent without a look at its name; more than the room takes.
 */
import { field, form } from "./dialog.js";
import { el, said } from "./dom.js";
import { speak } from "./notice.js";
import { failedElsewhere, Failure } from "./rpc.js";
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
    title: say("page-file-send-title"), intro: el("div", {}, facts), yes: say("page-file-send"),
    fields: [field(say("page-file-caption"), caption), bar],
    act: async () => {
      if (file.size > FILE_MAX) throw new Failure("too_big", say("page-file-big", { most: size(FILE_MAX) }));
      bar.hidden = false;
      await upload(room, file, caption.value.trim(), (share) => {
        bar.value = share;
        speak(percent(Math.round(share * 4) / 4));
      });
    },
  });
}

/** By XMLHttpRequest, since fetch tells nothing about how far a body has gone. @param {string} room @param {File} file @param {string} caption @param {(share: number) => void} far */
function upload(room, file, caption, far) {
  return new Promise((sent, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/file?${new URLSearchParams({ room, caption })}`);
    const headers = { "Content-Type": "application/octet-stream", "Offshift-Name": encodeURIComponent(file.name), ...tabHeaders() };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => far(event.loaded / Math.max(1, event.total)));
    request.addEventListener("error", () => failed(new Failure("gone", "")));
    request.addEventListener("load", () => {
      const error = request.status === 200 || request.status === 422 ? answered(request.responseText) : new Failure("refused", "");
      if (error) failed(error);
      else sent(null);
    });
    request.send(file);
  });
}

/** @param {string} text */
function answered(text) {
  try {
    const { error } = JSON.parse(text || "{}");
    return error ? failedElsewhere(error) : null;
  } catch {
    return new Failure("garbled", "");
  }
}
