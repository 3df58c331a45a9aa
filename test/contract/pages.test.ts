import { serviceDefinition } from "../../provider/service/definition";
import { xentree } from "../../provider/service/xentree";
import { useSandbox } from "../sandbox/client";
import { overHttp } from "./support/wiring";

const definition = serviceDefinition.parse({ ...xentree, name: "paged", envelope: "/data" });

describe("a list in an envelope", () => {
  const { sandbox } = useSandbox();
  const listed = (body: object) => {
    sandbox().inject({ method: "GET", action: { kind: "respond", status: 200, body } });
    const { token } = sandbox().credentials.xentree;
    const connection = {
      name: "paged",
      baseUrl: sandbox().url,
      credentials: { kind: "token", token },
      policy: {},
      listLagMs: 0,
    } as const;
    return overHttp(definition, connection).list?.({}, "fresh");
  };

  it.each(["has_more", "hasMore", "next", "next_cursor", "nextCursor", "nextPageToken", "next_page_token"])(
    "proves nothing when %s beside it says that there is more",
    async (sign) => {
      await expect(listed({ data: [], [sign]: "more" })).rejects.toMatchObject({ code: "RESPONSE_INVALID" });
    },
  );

  it("is complete when the same signs say that there is no more", async () => {
    expect(await listed({ data: [], has_more: false, next: null, nextPageToken: "" })).toEqual([]);
  });
});
