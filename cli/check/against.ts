import { compareWith, type Difference } from "../../draft/compare";
import type { ServiceDefinition } from "../../provider/definition/definition";
import { CommandError } from "../command";
import { plainLines, readFrom } from "../documentText";

/**
 * Prints where a document of the vendor differs from a definition.
 *
 * @param file path of the document
 * @param print prints a line
 * @throws {CommandError} when something differs that matters for keys, or the document cannot be read
 */
export function checkAgainst(
  definition: ServiceDefinition,
  file: string,
  print: (line: string) => void,
): void {
  const { title, differences, notes } = readFrom(() => compareWith(definition, file));
  print(plainLines(`Compared with ${file}${title === "" ? "" : `, ${title}`}:`));
  const matter = differences.filter(({ matters }) => matters);
  for (const note of notes) print(plainLines(`? ${note} What it leads to was not compared.`));
  for (const difference of differences) print(linesOf(difference));
  if (matter.length > 0) {
    const count = matter.length === 1 ? "one difference" : `${matter.length} differences`;
    throw new CommandError(
      `\nThe document has ${count} that matter${matter.length === 1 ? "s" : ""} for keys, in lines that begin with !.`,
    );
  }
  print("Nothing changed that matters for keys.");
}

function linesOf({ matters, says, means, pointer }: Difference): string {
  const lines = [`${matters ? "!" : "+"} ${says}`, ...(means === undefined ? [] : [means]), pointer];
  // A name in the document may hold the end of a line.
  return lines
    .map((line, index) => (index === 0 ? "" : "    ") + plainLines(line.replaceAll(/\s+/g, " ")))
    .join("\n");
}
