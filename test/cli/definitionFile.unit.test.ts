import { definitionIn } from "../../cli/definitionFile";
import { openai } from "../../services/definitions/openai";

describe("a definition by the name of a service", () => {
  it("is that of the catalog", async () => {
    expect(await definitionIn("openai")).toBe(openai);
  });

  it.each(["opanai", "constructor", "cannotCreate", "../definitions/openai"])(
    "is none for %j",
    async (name) => {
      await expect(definitionIn(name)).rejects.toThrow(`${name} cannot be read: there is no such file.`);
    },
  );
});
