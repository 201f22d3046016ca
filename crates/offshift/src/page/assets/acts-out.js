/**
 * Putting somebody out: what it does and what it can't do is said first, in the words of the terminal (OS-CLI-014).
 *
 * Never: a removal without its limits told; a cascade.
 */
import { sure } from "./dialog.js";
import { done, trying } from "./notice.js";
import { call, variant } from "./rpc.js";
import { go } from "./router.js";
import { list, say } from "./words.js";

/** Who came in by somebody's word. @param {any} one @param {any[]} members */
function broughtIn(one, members) {
  const by = (/** @type {any} */ other) => {
    const [kind, vouchers] = variant(other.origin);
    return kind === "vouched" && vouchers.some((/** @type {any} */ voucher) => voucher.member === one.id);
  };
  return members.filter((other) => other.id !== one.id && by(other)).map((other) => other.handle);
}

/** @param {any} one @param {any[]} members */
function limits(one, members) {
  const depending = broughtIn(one, members);
  return [
    say("page-out-reads-nothing", { who: one.handle }), say("page-out-keys"),
    ...(depending.length > 0 ? [say("page-out-vouched", { who: list(depending) })] : []),
    say("page-out-seen"), say("page-cannot-erase"),
  ];
}

/** @param {string} room @param {any} one @param {any[]} members */
export async function putOut(room, one, members) {
  const plan = { title: say("page-put-out-sure", { who: one.handle }), lines: limits(one, members), yes: say("page-put-out-yes", { who: one.handle }), grave: true };
  if (!(await sure(plan))) return;
  await trying(async () => {
    const [step] = variant(await call("sever", { room, members: [one.id] }));
    done(step === "waiting" ? say("page-out-waiting") : say("page-out-done", { who: one.handle }));
    go(`/room/${room}/exposure/${one.id}`);
  });
}

/** @param {string} room @param {any} one @param {any[]} members */
export async function recall(room, one, members) {
  const lines = [say("page-recall-line"), ...limits(one, members)];
  if (!(await sure({ title: say("page-recall-sure", { who: one.handle }), lines, yes: say("page-recall"), grave: true }))) return;
  await trying(async () => {
    const [step] = variant(await call("recall", { room, member: one.id }));
    done(step === "waiting" ? say("page-recall-waiting") : say("page-out-done", { who: one.handle }));
  });
}

/** @param {string} room @param {any} one @param {any[]} members */
export async function stopPhone(room, one, members) {
  const first = (/** @type {any} */ member) => variant(member.origin)[1]?.member ?? member.id;
  const left = members.filter((other) => other.id !== one.id && first(other) === first(one)).map((other) => other.handle);
  const lines = [
    say("page-stop-reads-nothing"), left.length > 0 ? say("page-stop-goes-on", { who: list(left) }) : say("page-stop-comes-back"),
    say("page-stop-nobody"), say("page-stop-cannot-erase"),
  ];
  if (!(await sure({ title: say("page-stop-sure", { who: one.handle }), lines, yes: say("page-stop-phone"), grave: true }))) return;
  await trying(async () => {
    await call("stop", { room, device: one.id });
    done(say("page-stop-done", { who: one.handle }));
  });
}
