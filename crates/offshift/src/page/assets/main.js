/**
 * The page's beginning: who this tab is, its words, whether the engine is locked, then the screens.
 *
 * ```text
 * token --> session --> look, words --> status --locked--> unlock.js --open--> shell.js + routes
 * ```
 * Never: anything of a room on the screen while the engine is locked.
 */
import { bye, crowded, stopped } from "./bye.js";
import { fill } from "./dom.js";
import { hush, listen, on } from "./events.js";
import { keys } from "./keys.js";
import { fetchLook, look, recall } from "./look.js";
import { speak } from "./notice.js";
import { watch } from "./notify.js";
import { call, onTrouble } from "./rpc.js";
import { leave, restart, route, start } from "./router.js";
import { alarms } from "./screen-alarms.js";
import { exposure } from "./screen-exposure.js";
import { files } from "./screen-files.js";
import { found } from "./screen-found.js";
import { home } from "./screen-home.js";
import { meet } from "./screen-meet.js";
import { door } from "./screen-door.js";
import { people } from "./screen-people.js";
import { plans } from "./screen-plans.js";
import { rules } from "./screen-rules.js";
import { searching } from "./screen-search.js";
import { settings } from "./screen-settings.js";
import { talk } from "./screen-talk.js";
import { begin } from "./session.js";
import { shell } from "./shell.js";
import { fetchAll, follow } from "./store.js";
import { lockScreen } from "./unlock.js";
import { fitting, load, say } from "./words.js";

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
let isOpen = false;
let isFollowing = false;
let isOver = false;
let isStarted = false;

route("/", home);
route("meet", meet);
route("meet/:way", meet);
route("found", found);
route("search", searching);
route("alarms", alarms);
route("settings", settings);
route("room/:room", talk);
route("room/:room/at/:message", talk);
route("room/:room/people", people);
route("room/:room/door", door);
route("room/:room/plans", plans);
route("room/:room/files", files);
route("room/:room/rules", rules);
route("room/:room/exposure/:member", exposure);

async function run() {
  recall();
  const isIn = await begin().catch(() => false);
  await load(fitting(look.language)).catch(() => load("en"));
  onTrouble((kind) => trouble(kind));
  keys();
  if (!isIn) return bye(app);
  if (await fetchLook()) await load(fitting(look.language)).catch(() => {});
  void listen();
  const status = await call("status").catch(() => null);
  if (!status) return;
  if (isLocked(status)) return locked();
  await opened();
}

/** @param {any} status */
function isLocked(status) {
  return status.state === "locked";
}

async function opened() {
  isOpen = true;
  if (!isFollowing) {
    isFollowing = true;
    follow();
    watch();
    on("language", () => void restart(shell(app)));
    on("locked", () => isOpen && locked());
    on("unlocked", () => !isOpen && !isOver && void opened());
  }
  await fetchAll();
  const show = shell(app);
  void listen();
  await (isStarted ? restart(show) : start(show));
  isStarted = true;
}

/** @param {string} kind */
function trouble(kind) {
  if (isOver) return;
  if (kind === "locked") {
    if (isOpen) locked();
    return;
  }
  // Whoever answers here from now on may be another program: nothing stays on the screen, nothing is sent any more.
  isOver = kind !== "crowded";
  close();
  const say = { refused: bye, crowded: crowded }[kind] ?? stopped;
  say(app);
}

function close() {
  isOpen = false;
  hush();
  leave();
  document.querySelectorAll("dialog").forEach((box) => box.close());
  fill(app);
}

function locked() {
  close();
  lockScreen(app, opened);
  speak(say("page-locked-title"));
}

window.addEventListener("offshift-lock", locked);
// Loaded again, or left: the stream ends by that, and the tab's secret is needed once more.
window.addEventListener("pagehide", () => (isOver = true));
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
void run();
