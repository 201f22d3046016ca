/**
 * The page's beginning: who this tab is, its words, whether the engine is locked, then the screens.
 *
 * ```text
 * token --> session --> look, words --> status --locked--> unlock.js --open--> shell.js + routes
 * ```
 * Never: anything of a room on the screen while the engine is locked.
 */
import { silence } from "./ask.js";
import { bye, crowded, stopped } from "./bye.js";
import { fill } from "./dom.js";
import { listen, on } from "./events.js";
import { keys } from "./keys.js";
import { fetchLook, look, recall } from "./look.js";
import { mute, speak, unmute } from "./notice.js";
import { onSign } from "./person.js";
import { watch } from "./notify.js";
import { call, here as isHere, onTrouble, together } from "./rpc.js";
import { here, leave, restart, route, start } from "./router.js";
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
import { forgetSearch, searching } from "./screen-search.js";
import { settings } from "./screen-settings.js";
import { askEarly, talk } from "./screen-talk.js";
import { begin } from "./session.js";
import { shell } from "./shell.js";
import { fetchAll, follow, forgetAll } from "./store.js";
import { lockScreen } from "./unlock.js";
import { fitting, load, say } from "./words.js";

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
let isOpen = false;
let isOver = false;
let isStarted = false;
/** Whatever this page says comes behind them. @type {Promise<void>} */
let words = Promise.resolve();
/** What the screens need, asked for before it is known whether the engine is open. @type {Promise<void> | null} */
let first = null;
/** @type {Promise<void> | null} */
let opening = null;

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
  words = load(fitting(look.language)).catch(() => load("en"));
  const isIn = await begin().catch(() => false);
  onTrouble((kind) => void trouble(kind));
  keys();
  if (!isIn) return words.then(() => bye(app));
  hear();
  // What does not wait for each other is asked for at once: a person looks at an empty page meanwhile. A locked engine
  // refuses what is about rooms.
  const heard = listen();
  /** @type {Promise<any>[]} */
  let asked = [];
  together(() => {
    asked = [call("status").catch(() => null), theirLook()];
    first = fetchAll();
    first.catch(() => {});
    askEarly(here());
  });
  const [isHeard, [status]] = await Promise.all([heard, Promise.all(asked), words]);
  // Without the stream nobody could tell when another program takes the engine's place: no form stands here before it.
  if (!isHeard) return;
  if (status?.state === "locked") locked();
  else if (status) await opened().catch(() => {});
}

/** What the engine keeps as this person's choice, and its words where this tab remembered another language. */
async function theirLook() {
  if (await fetchLook()) await load(fitting(look.language)).catch(() => {});
}

/** What happens beside the screens, for the page's whole life. */
function hear() {
  follow();
  watch();
  onSign(() => isOpen && isHere());
  on("language", () => isOpen && void restart(shell(app)));
  on("locked", () => isOpen && locked());
  on("unlocked", () => void opened().catch(() => {}));
}

/** Opens the page, once, whether this tab or somebody else unlocked the engine. @returns {Promise<void>} */
async function opened() {
  if (isOpen && !opening) return;
  opening ??= open().finally(() => (opening = null));
  return opening;
}

async function open() {
  if (isOver) return;
  isOpen = true;
  const fetched = first ?? fetchAll();
  first = null;
  try {
    await fetched;
  } catch (error) {
    isOpen = false;
    throw error;
  }
  // Locked again meanwhile.
  if (!isOpen || isOver) return;
  unmute();
  const show = shell(app);
  await (isStarted ? restart(show) : start(show));
  isStarted = true;
}

/** @param {string} kind */
async function trouble(kind) {
  if (isOver) return;
  if (kind === "locked") {
    if (isOpen) locked();
    return;
  }
  // Whoever answers here from now on may be another program: nothing is sent any more, nothing stays on the screen.
  isOver = true;
  silence();
  close();
  const tell = { refused: bye, crowded: crowded }[kind] ?? stopped;
  await words;
  tell(app);
}

function close() {
  isOpen = false;
  leave();
  document.querySelectorAll("dialog").forEach((box) => box.close());
  forgetAll();
  forgetSearch();
  mute();
  fill(app);
}

function locked() {
  if (isOver) return;
  first = null;
  close();
  lockScreen(app, opened);
  speak(say("page-locked-title"));
}

window.addEventListener("offshift-lock", () => isOpen && locked());
// Loaded again, or left: the stream ends by that, and the tab's secret is needed once more.
window.addEventListener("pagehide", () => (isOver = true));
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
void run();
