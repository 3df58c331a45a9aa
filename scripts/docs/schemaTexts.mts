/**
 * What the plugin's schema says of each property: the docstrings that programs in TypeScript see, and the types of a
 * delivery, made of provider/delivery/targets.ts.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import ts from "typescript";
import { membersOf, propertyComments } from "./comments.mts";

const file = "provider/host/plugin/schema/texts.ts";

interface DeliveryMember {
  readonly name: string;
  readonly type: "string" | "boolean" | "strings" | "texts";
  readonly values?: readonly string[];
  readonly comment: string;
}

/** The text of the file that has the texts. */
export function schemaTexts(services: readonly string[]): string {
  const commentsOf = (source: string, ...interfaces: string[]) =>
    Object.fromEntries(
      interfaces.flatMap((name) => membersOf(source, name).map((member) => [member.name, member.comment])),
    );
  const fields = services.map((name) => [
    name,
    Object.fromEntries(propertyComments(`provider/definition/builtin/${name}.ts`)),
  ]);
  const source = [
    "// Made by `npm run docs` from the docstrings in sdk/, provider/definition/builtin and provider/delivery/targets.ts.\n",
    texts(
      "argumentTexts",
      commentsOf("sdk/types.ts", "CommonArgs", "ExpiryArgs"),
      commentsOf("sdk/delivery.ts", "DeliveryArgs"),
    ),
    texts("rotationTexts", commentsOf("sdk/types.ts", "Rotation")),
    texts("outputTexts", commentsOf("sdk/types.ts", "CommonOutputs")),
    texts("deliveredTexts", commentsOf("sdk/delivery.ts", "KeyDelivery")),
    texts(
      "lookupTexts",
      commentsOf(
        "sdk/lookupTypes.ts",
        "CommonLookupArgs",
        "NameFilter",
        "PrefixFilter",
        "UseFilter",
        "ExpiryFilter",
      ),
    ),
    `export const fieldTexts: Readonly<Record<string, Readonly<Record<string, string>>>> = ${JSON.stringify(Object.fromEntries(fields))};`,
    `/** A member of a delivery, of whatever store. */
    export interface DeliveryMember {
      readonly name: string;
      readonly type: "string" | "boolean" | "strings" | "texts";
      readonly values?: readonly string[];
      readonly comment: string;
    }`,
    `export const deliveryMembers: readonly DeliveryMember[] = ${JSON.stringify(deliveryMembers())};`,
  ].join("\n");
  const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  return execFileSync(process.execPath, [biome, "format", `--stdin-file-path=${file}`], {
    input: source,
    encoding: "utf8",
  });
}

function texts(name: string, ...sources: readonly Readonly<Record<string, string>>[]): string {
  return `export const ${name}: Readonly<Record<string, string>> = ${JSON.stringify(Object.assign({}, ...sources))};`;
}

/** What the targets of all stores may have, each once, with what it means at each store. */
function deliveryMembers(): DeliveryMember[] {
  const path = "provider/delivery/targets.ts";
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const found = new Map<string, { type: string; comments: Map<string, string[]> }>();
  for (const statement of source.statements) {
    if (!ts.isTypeAliasDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) continue;
    if (statement.name.text === "DeclaredTarget") continue;
    const store = /readonly store: "([^"]+)"/.exec(statement.getText(source))?.[1];
    const visit = (node: ts.Node): void => {
      if (ts.isPropertySignature(node)) note(node, store);
      ts.forEachChild(node, visit);
    };
    visit(statement);
  }
  return [...found].map(([name, { type, comments }]) => ({
    name,
    ...typeOf(type),
    comment: [...comments].map(([comment, stores]) => said(comment, stores)).join(" "),
  }));

  function note(node: ts.PropertySignature, store: string | undefined): void {
    const name = node.name.getText(source);
    const type = (node.type?.getText(source) ?? "").replace(/ \| undefined$/, "");
    const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
    const comment = ts.getTextOfJSDocComment(doc?.comment)?.replaceAll(/\s*\n\s*/g, " ");
    if (name === "store" || type === "undefined" || comment === undefined) return;
    const known = found.get(name) ?? { type, comments: new Map<string, string[]>() };
    found.set(name, known);
    const stores = known.comments.get(comment) ?? [];
    known.comments.set(comment, store === undefined ? stores : [...stores, store]);
  }
}

function said(comment: string, stores: readonly string[]): string {
  return stores.length === 0 ? comment : `${stores.map((store) => `\`${store}\``).join(", ")}: ${comment}`;
}

function typeOf(type: string): Pick<DeliveryMember, "type" | "values"> {
  if (type === "boolean" || type === "true") return { type: "boolean" };
  if (/^readonly string\[\]$/.test(type)) return { type: "strings" };
  if (type.startsWith("Readonly<Record<string, string>>")) return { type: "texts" };
  const values = [...type.matchAll(/"([^"]+)"/g)].map(([, value = ""]) => value);
  if (values.length > 0) return { type: "string", values };
  if (type === "string") return { type: "string" };
  throw new Error(`The schema knows no type for a member of a delivery that is ${type}.`);
}
