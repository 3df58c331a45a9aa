import { type Server, serversOf } from "../document/servers";
import { plain, wordsOf } from "../find/words";
import { oneLine } from "../text";
import { constantValue, isArgument, isHttpHeader, operationsOf } from "./addresses";
import { type Part, part, type Question } from "./part";
import type { Subject } from "./subject";

/** What is said of the whole service: its name, its address, and headers that all requests have. */
export function serviceParts(subject: Subject, given: string | undefined): readonly Part[] {
  const { document, resource } = subject;
  const server = mainOf(serversOf(resource.create, document.root));
  const host = server && URL.canParse(server.url) ? new URL(server.url).hostname : "";
  const name = given ?? nameOf(host, document.title, document.file);
  const title = oneLine(document.title, 80).replace(
    / (REST |Admin |Public |Management )*(API|OpenAPI)( Reference| v?\d[\d.]*)?$/i,
    "",
  );
  const isTitle =
    plain(title) === plain(name) && title !== name && title !== name.charAt(0).toUpperCase() + name.slice(1);
  const docs =
    resource.create.place.at("externalDocs")?.text("url") ?? document.root.at("externalDocs")?.text("url");
  return [
    part(["name"], name, given === undefined ? [host === "" ? "/info/title" : server?.pointer] : []),
    ...(isTitle ? [part(["title"], title, ["/info/title"])] : []),
    ...(docs !== undefined && URL.canParse(docs) && docs.startsWith("https://") && docs.length < 300
      ? [
          part(["docs"], new URL(docs).href, [
            resource.create.place.at("externalDocs")?.pointer ?? "/externalDocs",
          ]),
        ]
      : []),
    basePart(subject),
    ...headerParts(subject),
  ];
}

/** The vendor's name: the last but one label of the host, else the title's words. */
function nameOf(host: string, title: string, file: string): string {
  const labels = host.split(".").filter((label) => label !== "");
  const isLocal =
    labels.length < 2 || labels.every((label) => /^\d+$/.test(label)) || /example|localhost|your/.test(host);
  const second = labels.at(-2) ?? "";
  const label = /^(co|com|org|net|gov|ac)$/.test(second) && labels.length > 2 ? labels.at(-3) : second;
  const ofTitle = wordsOf(title.slice(0, 200))
    .filter((word) => !/^(api|rest|openapi|the|v\d+|public|admin|management|reference|http)$/.test(word))
    .slice(0, 3);
  const ofFile = wordsOf((file.split(/[\\/]/).at(-1) ?? "").replace(/\.\w+$/, ""));
  const candidates = [isLocal ? "" : (label ?? ""), ofTitle.join("-"), ofFile.join("-"), "vendor"];
  const names = candidates.map((candidate) =>
    candidate
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, "-")
      .replace(/^[^a-z]+/, "")
      .slice(0, 40)
      .replace(/-+$/, ""),
  );
  return names.find((candidate) => candidate !== "") ?? "vendor";
}

function basePart({ document, resource }: Subject): Part {
  const servers = serversOf(resource.create, document.root);
  const server = mainOf(servers);
  const open = (question: string, source?: string) =>
    part(["baseUrl"], undefined, [source], [{ question, assumed: "each connection says it, as baseUrl" }]);
  if (!server) return open("Where is the API? The document names no server.");
  if (!URL.canParse(server.url) || !/^https?:\/\//.test(server.url)) {
    return open(
      `Where is the API? The document says ${JSON.stringify(oneLine(server.url, 100))} only.`,
      server.pointer,
    );
  }
  const url = new URL(server.url);
  if (
    /[{}]|%7B/i.test(url.href) ||
    url.username !== "" ||
    placeholder.test(url.hostname) ||
    /^(localhost|127\.|0\.0\.0\.0|\[)/.test(url.hostname) ||
    /(^|\.)(example\.\w+|invalid|test)$/.test(url.hostname)
  ) {
    return open(
      `Where is the API? The document says ${JSON.stringify(oneLine(server.url, 100))} only.`,
      server.pointer,
    );
  }
  const questions: Question[] = [];
  if (url.protocol === "http:") {
    url.protocol = "https:";
    questions.push({
      question: "The document serves the API by http alone. Is there https?",
      assumed: "yes",
    });
  }
  const names = Object.keys(server.variables);
  if (names.length > 0)
    questions.push({
      question: `The address has ${oneLine(names.join(", "), 100)}, which differs from user to user. What is it?`,
      assumed: "what the document has as default",
    });
  const others = servers
    .filter(({ url: other }) => other !== server.url)
    .map((other) => oneLine(other.url, 80));
  if (others.length > 0)
    questions.push({
      question: `The document names other servers, too: ${oneLine(others.slice(0, 4).join(", "), 200)}. Which one is meant?`,
      assumed: "this one",
    });
  return part(["baseUrl"], url.href.replace(/\/$/, ""), [server.pointer], questions);
}

/** The first server, unless another alone is called api. */
function mainOf(servers: readonly Server[]): Server | undefined {
  const isApi = ({ url }: Server) => /^https?:\/\/api[.-]/.test(url);
  return servers.slice(0, 1).some(isApi) ? servers[0] : (servers.find(isApi) ?? servers[0]);
}

/** What documents have in place of what differs from user to user. */
const placeholder = /_|example|your|placeholder|<|>|\$/i;

/** Required headers with one value, such as the version of the API. */
function headerParts({ resource, addresses }: Subject): readonly Part[] {
  const headers: Record<string, string> = {};
  const sources: string[] = [];
  const questions: Question[] = [];
  for (const operation of operationsOf(resource)) {
    for (const parameter of operation.parametersIn("header")) {
      const { name, required, schema } = parameter;
      if (
        isHttpHeader(name) ||
        Object.hasOwn(headers, name) ||
        name in {} ||
        !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)
      )
        continue;
      if (isArgument(parameter)) {
        const parent = addresses.parents.find(({ variable }) => variable === name);
        if (!parent) continue;
        headers[name] = `{${parent.name}}`;
        sources.push(parameter.pointer);
        continue;
      }
      if (!required || /key|token|secret/i.test(name)) continue;
      const listed = schema?.values?.at(-1);
      const value =
        constantValue(parameter) ??
        [listed, schema?.examples[0]].find((sample) => typeof sample === "string");
      if (typeof value !== "string" || !/^[\x20-\x7e]{1,200}$/.test(value) || /[{}]/.test(value)) {
        questions.push({
          question: `Each request needs the header ${name}. What is its value?`,
          assumed: "that it may be left out",
        });
        continue;
      }
      if (constantValue(parameter) === undefined)
        questions.push({ question: `Which value has the header ${name}?`, assumed: JSON.stringify(value) });
      headers[name] = value;
      sources.push(parameter.pointer);
    }
  }
  const value = Object.keys(headers).length === 0 ? undefined : headers;
  return value || questions.length > 0 ? [part(["headers"], value, sources.slice(0, 1), questions)] : [];
}
