import { plain } from "../find/words";
import { type Part, part } from "./part";
import type { Subject } from "./subject";

const unique =
  /name[^.]{0,60}\b(unique|already (exists?|taken|in use|used)|duplicate)|\b(same|duplicate|unique)\b[^.]{0,30}\bname|already ha[sd] an? \w+ with (that|the same) name/i;
const denied =
  /\b(not|n't) (need|have|required|necessarily)[^.]{0,30}unique|not unique|non-unique|same name is allowed/i;

/** Whether the vendor refuses a second key of the same name, as far as the words of its document say. */
export function uniqueNamesPart({ resource, requests }: Subject): Part | undefined {
  const { create } = resource;
  const conflict = create.responses.find(({ status }) => status === "409");
  const name = requests.create.members.find((member) =>
    /^(name|label|keyname|tokenname|displayname)$/.test(plain(member.name)),
  );
  if (!name) return undefined;
  const texts = [create.description, name.schema.text("description") ?? "", conflict?.description ?? ""].map(
    (text) => text.slice(0, 4_000),
  );
  if (!texts.some((text) => unique.test(text) && !denied.test(text))) return undefined;
  const question = {
    question: "Do names have to be unique, as a sentence of the document seems to say?",
    assumed: "yes, so that a renewed key is called name-2",
  };
  return part(["uniqueNames"], "suffix", [create.pointer, conflict?.pointer], [question]);
}
