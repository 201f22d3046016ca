/**
 * The page's icons: strokes on a grid of 24, drawn here, so that nothing is loaded.
 *
 * Never: an icon that says something which no word beside it says.
 */
import { drawing } from "./dom.js";

const STROKES = {
  back: "M15 5l-7 7 7 7",
  rooms: "M4 6h16M4 12h16M4 18h10",
  search: "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13M15.5 15.5L20 20",
  alarm: "M12 4l9 15.5H3zM12 10v4.2M12 16.9v.2",
  settings: "M4 7h9M17 7h3M4 12h3M11 12h9M4 17h11M19 17h1M15 5v4M9 10v4M17 15v4",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  meet: "M8 11a3 3 0 1 0 0-6a3 3 0 0 0 0 6M16 11a3 3 0 1 0 0-6a3 3 0 0 0 0 6M3 19c0-3 2.2-5 5-5s4 1.5 4 1.5S13.2 14 16 14s5 2 5 5",
  found: "M4 20V9l8-5 8 5v11M9.5 20v-6h5v6",
  more: "M5 12m-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0M12 12m-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0M19 12m-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0",
  add: "M12 5v14M5 12h14",
  send: "M5 12h13M12.5 6l6 6-6 6",
  reply: "M9 8L4.5 12.5 9 17M5 12.5h8.5a6 6 0 0 1 6 6",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  undo: "M6 6l12 12M18 6L6 18",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  copy: "M9 9h10v11H9zM5 15V4h10",
  poll: "M5 20V11M12 20V5M19 20v-6",
  plan: "M5 6h14v14H5zM5 10.5h14M9 4v4M15 4v4",
  file: "M7 3.5h7l4 4V20.5H7zM14 3.5v4h4",
  announce: "M4 10v4h3l8 4V6L7 10zM18.5 9.5a4 4 0 0 1 0 5",
  person: "M12 11a3.5 3.5 0 1 0 0-7a3.5 3.5 0 0 0 0 7M5 20c0-3.6 3-6 7-6s7 2.4 7 6",
  door: "M6 20V4h10v16M3.5 20h17M13 12h.01",
  clock: "M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16M12 8v4.3l2.8 1.7",
  check: "M5 12.5l4.5 4.5L19 7",
  close: "M6 6l12 12M18 6L6 18",
  down: "M12 5v14M6 13l6 6 6-6",
  smile: "M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16M8.5 14a4 4 0 0 0 7 0M9.2 9.6h.01M14.8 9.6h.01",
  save: "M12 4v11M7 11l5 5 5-5M5 20h14",
  phone: "M8 3h8v18H8zM11.5 18h1",
  eye: "M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6M12 10a2 2 0 1 0 0 4a2 2 0 0 0 0-4",
  out: "M14 5h-8v14h8M11 12h10M17.5 8.5L21 12l-3.5 3.5",
  rules: "M6 4h12v16H6zM9 9h6M9 13h6M9 17h3",
  relay: "M5 15h14v5H5zM8 17.5h.01M12 12V9M8.5 7a5 5 0 0 1 7 0M6 4.5a8.5 8.5 0 0 1 12 0",
};

/** @param {keyof typeof STROKES} name */
export function icon(name) {
  const svg = drawing("0 0 24 24", [{ d: STROKES[name] ?? "" }]);
  svg.setAttribute("class", "icon");
  return svg;
}
