/**
 * QR codes: drawn from the engine's own modules, and read by the engine from a picture that the person chose.
 *
 * Never: a camera; a picture kept.
 */
import { drawing } from "./dom.js";
import { ask } from "./ask.js";
import { answered, call, Failure } from "./rpc.js";
import { tabHeaders } from "./session.js";
import { say } from "./words.js";

/** The white edge that scanners need. */
const QUIET = 4;
/** The engine reads pictures up to this many pixels a side. */
const SIDE_MAX = 2000;

/** @param {string} text @param {string} name */
export async function qrDrawing(text, name) {
  const { size, rows } = await call("qr", { text });
  let path = "";
  for (const [y, row] of rows.entries()) {
    for (const run of row.matchAll(/1+/g)) path += `M${run.index + QUIET} ${y + QUIET}h${run[0].length}v1h-${run[0].length}z`;
  }
  const box = size + 2 * QUIET;
  const svg = drawing(`0 0 ${box} ${box}`, [{ d: `M0 0h${box}v${box}H0z`, fill: "#fff" }, { d: path, fill: "#000" }], name);
  svg.setAttribute("shape-rendering", "crispEdges");
  return svg;
}

/** The text of the code in a picture. @param {File} file */
export async function readPicture(file) {
  const headers = { "Content-Type": "application/octet-stream", ...tabHeaders() };
  const { text } = await answered(await ask("/qr", { method: "POST", body: await smaller(file), headers }));
  if (text) return text;
  throw new Failure("no_code", say("page-meet-no-code"));
}

/** A photo of a phone is larger than what the engine takes. @param {File} file @returns {Promise<Blob>} */
async function smaller(file) {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Failure("no_picture", say("page-meet-no-picture"));
  });
  const scale = Math.min(1, SIDE_MAX / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((made, failed) => canvas.toBlob((blob) => (blob ? made(blob) : failed(new Failure("no_picture", say("page-meet-no-picture")))), "image/png"));
}
