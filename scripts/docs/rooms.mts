import { createRequire } from "node:module";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { bar, picture, styleSheet, text } from "../pictures/drawing.mts";

/** The rooms of each floor, from those who import to those who are imported. */
const floors: readonly (readonly string[])[] = createRequire(import.meta.url)("../imports/floors.cjs");

/** What each room is for, short enough for its box. */
const purposes: Readonly<Record<string, string>> = {
  host: "Pulumi's protocol on one side, the lifecycle on the other",
  lookup: "getApiKeys and list: arguments, filters, results",
  lifecycle: "check, diff, create, read, update, remove, recover: here the promises are kept",
  api: "vendor.ts over HTTP: operations, wire, pages of lists",
  delivery: "the port to stores, and the stores",
  auth: "which credentials a request carries; logins and their tokens",
  definition: "a vendor as data: its schema, rules of it, the built-in services",
  connection: "named connections: settings, credentials, limits",
  http: "the client: attempts, pauses, pace, bounds",
  rotation: "what is due, from dates alone",
  redaction: "hides secrets in text",
  json: "pointers, templates",
  "vendor.ts": "what the lifecycle asks of a vendor",
  base: "errors, time, words: what everybody uses",
};

/** In pixels. */
const width = 960;
const margin = 24;
const top = 60;
const floorHeight = 82;
const box = { height: 66, gap: 12, padding: 12 };

const light = { box: "#f6f8fa", frame: "#818b98" };
const dark: typeof light = { box: "#151b23", frame: "#7d8590" };
const style = styleSheet(
  `.name { font: 600 13px ui-monospace, "SFMono-Regular", Menlo, "DejaVu Sans Mono", monospace; }`,
  { light, dark },
  ({ box, frame }) => `.box { fill: ${box}; stroke: ${frame}; }`,
);

/** The rooms of provider/ on their floors, each with the rooms that its files import. */
export async function roomsPicture(): Promise<string> {
  const imports = await importsOfRooms();
  const height = top + floors.length * floorHeight + 8;
  return picture({ width, height, title: "The rooms of provider/, and what each imports", style }, [
    text(margin, 36, "heading", "provider/: each room imports rooms below it, and none above or beside it"),
    ...floors.flatMap((rooms, level) => {
      const boxWidth = (width - 2 * margin - (rooms.length - 1) * box.gap) / rooms.length;
      return rooms.flatMap((room, index) =>
        drawn(
          room,
          imports.get(room) ?? new Set(),
          margin + index * (boxWidth + box.gap),
          top + level * floorHeight,
          boxWidth,
        ),
      );
    }),
  ]);
}

function drawn(room: string, imports: ReadonlySet<string>, x: number, y: number, boxWidth: number): string[] {
  const purpose = purposes[room];
  if (purpose === undefined)
    throw new Error(`The room provider/${room} has no purpose in the picture of the rooms.`);
  const below = floors.flat().filter((other) => imports.has(other));
  return [
    bar("box", x, y, boxWidth, box.height),
    text(x + box.padding, y + 20, "name", room.includes(".") ? room : `${room}/`),
    text(x + box.padding, y + 38, "text", purpose),
    text(
      x + box.padding,
      y + 56,
      "quiet",
      below.length > 0 ? `imports ${below.join(", ")}` : "imports no other room",
    ),
  ];
}

/** The rooms that each room imports, types included. */
async function importsOfRooms(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { output } = await cruise(["provider"], {
    includeOnly: "^provider/",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: [".ts"] },
  });
  const found = new Map<string, Set<string>>();
  for (const { source, dependencies } of (output as ICruiseResult).modules) {
    const room = roomOf(source);
    const others = dependencies.map(({ resolved }) => roomOf(resolved)).filter((other) => other !== room);
    found.set(room, new Set([...(found.get(room) ?? []), ...others]));
  }
  return found;
}

function roomOf(file: string): string {
  return file.split("/")[1] ?? "";
}
