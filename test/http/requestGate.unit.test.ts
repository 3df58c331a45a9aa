import { loginSlot, RequestGate } from "../../provider/http/pacing/requestGate";
import { defaultPolicy } from "../../provider/http/policy";
import { VirtualClock } from "../support/http/loopback";

const latest = Number.MAX_SAFE_INTEGER;

/** A gate, and the names of those who were let in or sent away, in order. */
function gateFor(concurrency: number) {
  const clock = new VirtualClock();
  const gate = new RequestGate(clock, { ...defaultPolicy, concurrency });
  const admitted: string[] = [];
  const sentAway: string[] = [];
  /** A call that waits for its turn, and keeps its place for the next. */
  const call = (name: string, place = gate.takePlace()) => {
    const enter = async (latestStart = latest) => {
      (await gate.enter(place, latestStart)) ? admitted.push(name) : sentAway.push(name);
    };
    return { enter };
  };
  return { clock, gate, admitted, sentAway, call };
}

/** Lets everything happen that is due. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("the gate", () => {
  it("lets as many in at once as the policy allows, and the next when one leaves", async () => {
    const { gate, admitted, call } = gateFor(2);
    for (const name of ["a", "b", "c"]) void call(name).enter();
    await settle();
    expect(admitted).toEqual(["a", "b"]);
    gate.leave(true);
    await settle();
    expect(admitted).toEqual(["a", "b", "c"]);
  });

  it("does not open earlier because another call was told a shorter time", () => {
    const { clock, gate } = gateFor(8);
    gate.closeUntil(clock.now() + 20_000);
    gate.closeUntil(clock.now() + 5_000);
    expect(gate.remainingMs).toBe(20_000);
  });

  it("after a pause lets one in, and one more with each answer", async () => {
    const { clock, gate, admitted, call } = gateFor(3);
    gate.closeUntil(clock.now() + 1_000);
    for (const name of "abcdefg") void call(name).enter();
    await settle();
    expect(admitted.join("")).toBe("a");
    gate.leave(true);
    await settle();
    expect(admitted.join("")).toBe("abc");
    gate.leave(true);
    await settle();
    expect(admitted.join("")).toBe("abcde");
    gate.leave(true);
    await settle();
    expect(admitted.join("")).toBe("abcdef");
    expect(clock.sleeps).toEqual([1_000]);
  });

  it("makes no room for another when an attempt ends without a response", async () => {
    const { clock, gate, admitted, call } = gateFor(3);
    gate.closeUntil(clock.now() + 1_000);
    for (const name of "abc") void call(name).enter();
    await settle();
    gate.leave(false);
    await settle();
    expect(admitted.join("")).toBe("ab");
  });

  it("lets a refused request go before later ones: else the same one would be refused each time", async () => {
    const { clock, gate, admitted, call } = gateFor(1);
    const refused = call("refused");
    await refused.enter();
    void call("later").enter();
    gate.closeUntil(clock.now() + 1_000);
    void refused.enter();
    gate.leave(false);
    await settle();
    expect(admitted).toEqual(["refused", "refused"]);
  });

  it("keeps to the rate that the server has shown to take, except for a login", async () => {
    const { clock, gate, admitted, call } = gateFor(3);
    for (let taken = 0; taken < 20; taken++) gate.took(clock.now());
    gate.refused(clock.now(), { ms: 0, askedMs: undefined, forAll: true });
    let wake = () => {};
    clock.onSleep = () =>
      new Promise((resolve) => {
        wake = resolve;
      });
    for (const name of "abc") void call(name).enter();
    await settle();
    expect(admitted.join("")).toBe("a");
    void call("login", loginSlot).enter();
    await settle();
    expect(admitted).toEqual(["a", "login"]);
    wake();
    await settle();
    expect(admitted).toEqual(["a", "login"]);
    wake();
    await settle();
    expect(admitted).toEqual(["a", "login", "b"]);
  });

  it("lets a login in when it is full, since requests inside may wait for it, but not during a pause", async () => {
    const { clock, gate, admitted, call } = gateFor(1);
    await call("caller").enter();
    await call("login", loginSlot).enter();
    expect(admitted).toEqual(["caller", "login"]);
    let wake = () => {};
    clock.onSleep = () =>
      new Promise((resolve) => {
        wake = resolve;
      });
    gate.closeUntil(clock.now() + 1_000);
    void call("other login", loginSlot).enter();
    await settle();
    expect(admitted).toHaveLength(2);
    wake();
    await settle();
    expect(admitted).toEqual(["caller", "login", "other login"]);
  });

  it("fails waiting requests when the server asks for a pause that is too long for them", async () => {
    const { clock, gate, sentAway, call } = gateFor(1);
    clock.onSleep = () => new Promise(() => {});
    await call("inside").enter();
    void call("patient").enter();
    void call("in a hurry").enter(clock.now() + 1_000);
    gate.closeUntil(clock.now() + 2_000);
    gate.leave(false);
    await settle();
    expect(sentAway).toEqual(["in a hurry"]);
    gate.closeUntil(clock.now() + defaultPolicy.maxRetryAfterMs + 1);
    void call("newcomer").enter();
    await settle();
    expect(sentAway).toEqual(["in a hurry", "patient", "newcomer"]);
  });
});
