import path from "node:path";
import { documentFolder, keyDocument } from "../support/keyDocument";
import { editedDocument, members, operationPart, partOf, rename } from "../support/openapi/editedDocument";
import { documents } from "../support/openapi/expected";
import { Child } from "../support/process/child";

const { folder, file, remove } = documentFolder();
afterAll(remove);

async function check(...args: string[]) {
  const { PATH } = process.env;
  const child = new Child("dist/cli/main.js", ["check", ...args], { PATH }, folder);
  return { status: await child.exit, stdout: child.stdout, stderr: child.stderr };
}

describe("pulumi-apikeys check --against", () => {
  it("says that nothing changed for a service of the catalog, and shows no request", async () => {
    const document = path.join(documents, "openai.json");
    expect(await check("openai", "--against", document)).toEqual({
      status: 0,
      stderr: "",
      stdout: [
        "openai: no mistakes in the definition of OpenAI.",
        `Compared with ${document}, OpenAI API:`,
        "Nothing changed that matters for keys.",
        "",
      ].join("\n"),
    });
  });

  it("fails for what matters, and not for what is only new", async () => {
    const request = ["requestBody", "content", "application/json", "schema"];
    const onlyNew = editedDocument("openai", (document) => {
      const create = operationPart(document, "post /organization/admin_api_keys", ...request);
      partOf(create, "properties").tags = { type: "array" };
    });
    const more = await check("openai", "--against", file("more.json", onlyNew));
    expect(more).toMatchObject({ status: 0, stderr: "" });
    expect(more.stdout).toContain(
      [
        "+ create: the request can also have tags, which the definition leaves out.",
        "    /paths/~1organization~1admin_api_keys/post/requestBody/content/application~1json/schema/properties/tags",
        "",
      ].join("\n"),
    );

    const moved = editedDocument("openai", (document) => {
      rename(members(document, "ApiKeyList"), "data", "keys");
    });
    const changed = await check("openai", "--against", file("moved.json", moved));
    expect(changed.status).toBe(1);
    expect(changed.stdout).toContain(
      [
        "! list: the response has no list of keys at /data. It may be at /keys now.",
        "    No key would be found: lookups, audits and refreshes would fail.",
        "    /components/schemas/ApiKeyList",
        "",
      ].join("\n"),
    );
    expect(changed.stdout).not.toContain("Nothing changed");
    expect(changed.stderr).toBe("\nOne difference matters for keys: the line that begins with !.\n");
  });

  it("takes any definition in a file, and names nothing of a document as a terminal would obey it", async () => {
    const document = keyDocument();
    document.info.title = "Acme\u001b[2J\nNothing changed";
    document.paths["/keys"] = {
      ...document.paths["/keys"],
      post: {
        parameters: [
          {
            name: "X-\u001b]0;owned\u0007\nNothing changed",
            in: "header",
            required: true,
            schema: { type: "string" },
          },
        ],
        responses: {},
      },
    };
    const definition = {
      name: "acme",
      path: "/keys",
      fields: { value: "secret" },
      operations: { list: { envelope: "/items" } },
    };
    const { status, stdout } = await check(
      file("acme.json", definition),
      "--against",
      file("acme-api.json", document),
    );
    expect(status).toBe(1);
    expect(stdout).toContain("! create: the request needs the header X- ]0;owned Nothing changed, which");
    expect(stdout.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    expect(stdout).not.toMatch(/^Nothing changed/m);
  });

  it("names what of the document could not be read", async () => {
    const elsewhere = editedDocument("openai", (document) => {
      partOf(document, "components", "schemas").ApiKeyList = { $ref: "https://elsewhere.example/list.json" };
    });
    const { status, stdout } = await check("openai", "--against", file("elsewhere.json", elsewhere));
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^\? .*"https:\/\/elsewhere\.example\/list\.json" is not in the document's folder.* was not compared\.$/m,
    );
  });

  it.each([
    [["--live"], "--against sends nothing, so it does not go with --live."],
    [["--args", "{}"], "--against sends nothing, so it does not go with --args."],
  ])("does not go with %j", async (options, message) => {
    const { status, stderr } = await check("openai", "--against", "openapi.json", ...options);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  it("says why a document cannot be read", async () => {
    const missing = await check("openai", "--against", "none.json");
    expect(missing).toMatchObject({
      status: 1,
      stderr: "none.json cannot be read: there is no such file.\n",
    });
    const other = await check("openai", "--against", file("other.json", { paths: 1 }));
    expect(other.status).toBe(1);
    expect(other.stderr).toContain(
      "is no OpenAPI document that describes operations: it has neither openapi nor swagger.",
    );
  });
});
