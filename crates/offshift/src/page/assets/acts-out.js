/**
 * Putting somebody out: what it does and what it can't do is said first, in the words of the terminal (OS-CLI-014).
 *
 * Never: a removal without its limits told; a cascade.
 */
import { form, group, sure, tick } from "./dialog.js";
import { el, said } from "./dom.js";
import { done, trying } from "./notice.js";
import { call, Failure, variant } from "./rpc.js";
import { go } from "./router.js";
import { firstOf } from "./store.js";
import { list, say } from "./words.js";

/** Who came in by somebody's word, and stays. @param {any[]} out @param {any[]} members */
function broughtIn(out, members) {
  const goes = (/** @type {string} */ id) => out.some((one) => one.id === id);
  const by = (/** @type {any} */ other) => {
    const [kind, vouchers] = variant(other.origin);
    return kind === "vouched" && vouchers.some((/** @type {any} */ voucher) => goes(voucher.member));
  };
  return members.filter((other) => !goes(other.id) && by(other)).map((other) => other.handle);
}

/** @param {any[]} out @param {any[]} members */
function limits(out, members) {
  const depending = broughtIn(out, members);
  return [
    say("page-out-reads-nothing", { who: list(out.map((one) => one.handle)) }), say("page-out-keys"),
    ...(depending.length > 0 ? [say("page-out-vouched", { who: list(depending) })] : []),
    say("page-out-seen"), say("page-cannot-erase"),
  ];
}

/** @param {string} room @param {any[]} out one, or several at once @param {any[]} members */
export async function putOut(room, out, members) {
  const who = list(out.map((one) => one.handle));
  const lines = [...(out.length > 1 ? [say("out-several")] : []), ...limits(out, members)];
  if (!(await sure({ title: say("page-put-out-sure", { who }), lines, yes: say("page-put-out-yes", { who }), grave: true }))) return;
  await trying(async () => {
    const [step] = variant(await call("sever", { room, members: out.map((one) => one.id) }));
    done(step === "waiting" ? say("page-out-waiting") : say("page-out-done", { who }));
    if (out.length === 1) go(`/room/${room}/exposure/${out[0].id}`);
  });
}

/** Who of them, first. @param {string} room @param {any[]} members */
export async function putOutSeveral(room, members) {
  const rows = members.filter((one) => !one.is_you).map((one) => ({ one, is: el("input", { type: "checkbox" }) }));
  const chosen = () => rows.filter((row) => row.is.checked).map((row) => row.one);
  const isChosen = await form({
    title: say("page-put-out-several"), yes: say("page-put-out"), grave: true,
    fields: [group(say("page-put-out-who"), rows.map((row) => tick(said(row.one.handle), row.is)))],
    act: async () => {
      if (chosen().length === 0) throw new Failure("nobody", say("page-put-out-nobody"));
    },
  });
  if (isChosen) await putOut(room, chosen(), members);
}

/** @param {string} room @param {any} one @param {any[]} members */
export async function recall(room, one, members) {
  const lines = [say("page-recall-line"), ...limits([one], members)];
  if (!(await sure({ title: say("page-recall-sure", { who: one.handle }), lines, yes: say("page-recall"), grave: true }))) return;
  await trying(async () => {
    const [step] = variant(await call("recall", { room, member: one.id }));
    done(step === "waiting" ? say("page-recall-waiting") : say("page-out-done", { who: one.handle }));
  });
}

/** @param {string} room @param {any} one @param {any[]} members */
export async function stopPhone(room, one, members) {
  const left = members.filter((other) => other.id !== one.id && firstOf(other) === firstOf(one)).map((other) => other.handle);
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
