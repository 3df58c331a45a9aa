import { compareWith, type Difference } from "../../draft/compare";
import type { ServiceDefinition } from "../../provider/definition/definition";
import { CommandError } from "../command";
import { plainLine, readFrom } from "../documentText";

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
  print(plainLine(`Compared with ${file}${title === "" ? "" : `, ${title}`}:`));
  const matter = differences.filter(({ matters }) => matters);
  for (const note of notes) print(plainLine(`? ${note} What it leads to was not compared.`));
  for (const difference of differences) print(linesOf(difference));
  if (matter.length === 1)
    throw new CommandError("\nOne difference matters for keys: the line that begins with !.");
  if (matter.length > 1)
    throw new CommandError(`\n${matter.length} differences matter for keys: the lines that begin with !.`);
  print("Nothing changed that matters for keys.");
}

function linesOf({ matters, says, means, pointer }: Difference): string {
  const below = [means, pointer].filter((line) => line !== undefined);
  return [plainLine(`${matters ? "!" : "+"} ${says}`), ...below.map((line) => `    ${plainLine(line)}`)].join(
    "\n",
  );
}
