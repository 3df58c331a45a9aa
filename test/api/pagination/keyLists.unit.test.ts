import { incompleteList } from "../../../provider/api/pagination/incompleteList";
import { KeyLists } from "../../../provider/api/pagination/keyLists";
import type { RemoteKey } from "../../../provider/vendor";

const key = (id: string): RemoteKey => ({ id, fields: {} });

/** Lists whose readings, one after the other, have these keys, or fail. */
function listsOf(
  readings: readonly (readonly string[] | Error)[],
  { pages = 1, cap = undefined as number | undefined } = {},
) {
  let made = 0;
  const lists = new KeyLists(
    async () => {
      const reading = readings[Math.min(made++, readings.length - 1)] ?? [];
      if (reading instanceof Error) throw reading;
      return { keys: reading.map(key), pages };
    },
    incompleteList("Acme", "prod"),
    cap,
  );
  return { lists, readings: () => made };
}

describe("the lists of an operation", () => {
  it("share one reading, and forget one that failed", async () => {
    const { lists, readings } = listsOf([new Error("503"), ["1"]]);
    await expect(lists.read({}, "shared")).rejects.toThrow("503");
    const [first, second] = await Promise.all([lists.read({}, "shared"), lists.read({}, "shared")]);
    expect(first).toBe(second);
    expect(first).toEqual([key("1")]);
    expect(readings()).toBe(2);
  });

  it("are complete where they came in one page, without another reading", async () => {
    const { lists, readings } = listsOf([["1"]]);
    const list = await lists.read({}, "fresh");
    expect(await lists.completeList({}, list)).toBe(list);
    expect(readings()).toBe(1);
  });

  it("are read again where they came in pages, until no key has gone meanwhile", async () => {
    const { lists, readings } = listsOf([["1", "2"], ["2"], ["2"]], { pages: 2 });
    const list = await lists.read({}, "fresh");
    const [complete, another] = await Promise.all([
      lists.completeList({}, list),
      lists.completeList({}, list),
    ]);
    expect(complete).toEqual([key("2")]);
    expect(another).toBe(complete);
    expect(readings()).toBe(3);
    expect(await lists.completeList({}, complete)).toBe(complete);
    expect(readings()).toBe(3);
  });

  it("prove nothing by what was made of them", async () => {
    const { lists, readings } = listsOf([["1", "2"]], { pages: 1 });
    const some = (await lists.read({}, "fresh")).filter(({ id }) => id === "1");
    expect(await lists.completeList({}, some)).toEqual([key("1"), key("2")]);
    expect(readings()).toBe(2);
  });

  it.each([
    ["as they are", [["1", "2"]]],
    ["once they are read again", [["1"], ["1", "2"]]],
  ])("prove nothing where they are full %s", async (_, readings) => {
    const { lists } = listsOf(readings, { pages: 2, cap: 2 });
    const list = await lists.read({}, "fresh");
    await expect(lists.completeList({}, list)).rejects.toMatchObject({
      code: "RESPONSE_INVALID",
      message: expect.stringContaining("is full with 2 keys"),
    });
  });
});
