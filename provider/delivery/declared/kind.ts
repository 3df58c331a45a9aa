import { z } from "zod";
import { variableName } from "../../base/settingNames";
import type { HttpClient } from "../../http/client";
import { protect } from "../../redaction/redactor";
import { fieldParts } from "../fields";
import {
  commonMembers,
  deliveryFailed,
  fieldMembers,
  nonEmpty,
  type StoreKind,
  type Surroundings,
  targetWithFields,
} from "../kind";
import type { Target } from "../store";
import { storeClient } from "../storeClient";
import { declaredStore } from "./declaredStore";
import type { StoreDefinition } from "./definition";
import { storeDefinition } from "./schema";

/** What the targets of declared stores begin with, so that none is taken for a store that is built in. */
export const declaredPrefix = "http:";

type Texts = Readonly<Record<string, string | undefined>>;

/** The kind of a store that a program declares in a target. */
export function declaredKind(target: Target): StoreKind {
  const parsed = storeDefinition.safeParse(target.definition);
  const definition = parsed.success ? parsed.data : undefined;
  const place = definition?.place ?? [];
  const schema = parsed.success
    ? targetWithFields({
        store: z.literal(`${declaredPrefix}${parsed.data.name}`),
        definition: z.unknown(),
        ...Object.fromEntries(place.map((name) => [name, nonEmpty])),
      })
    : z.looseObject({ ...commonMembers, ...fieldMembers, definition: storeDefinition });
  const credentials = definition?.credentials ?? ["token"];
  const kind: StoreKind<Texts, Texts> = {
    title: definition?.title ?? definition?.name ?? "a declared store",
    target: schema as unknown as z.ZodType<Texts>,
    settings: z.strictObject({
      baseUrl: nonEmpty.optional(),
      ...Object.fromEntries(credentials.map((name) => [name, nonEmpty.optional()])),
    }) as unknown as z.ZodType<Texts>,
    readsBack: definition?.read !== undefined,
    async open(given, surroundings) {
      if (definition === undefined)
        throw deliveryFailed(`The definition of the store ${String(target.store)} has mistakes.`);
      const known = credentialsOf(definition, credentials, surroundings);
      const client = surroundings.shared(JSON.stringify(definition), () =>
        clientOf(definition, known, surroundings),
      );
      const places = Object.fromEntries(place.map((name) => [name, given[name] ?? ""]));
      return declaredStore(
        definition,
        client,
        { ...known, ...places },
        { places, fields: [...fieldParts(target).keys()] },
      );
    },
  };
  return kind as StoreKind;
}

function credentialsOf(
  { name, title = name }: StoreDefinition,
  names: readonly string[],
  { connection, settings, environment }: Surroundings<Texts>,
): Record<string, string> {
  return Object.fromEntries(
    names.map((credential) => {
      const variable = variableName(`store-${connection}`, credential);
      const value = environment[variable] || settings[credential];
      if (value === undefined) {
        throw deliveryFailed(
          `${title} cannot be used: set ${variable} in the environment, or apikeys:stores.${connection}.${credential} in stack config.`,
        );
      }
      protect(value);
      return [credential, value];
    }),
  );
}

function clientOf(
  definition: StoreDefinition,
  credentials: Texts,
  { connection, settings, environment }: Surroundings<Texts>,
): HttpClient {
  const { title = definition.name, headers = {} } = definition;
  const variable = variableName(`store-${connection}`, "baseUrl");
  const url = environment[variable] || settings.baseUrl || definition.baseUrl;
  if (url === undefined) {
    throw deliveryFailed(
      `${title} has no address: set ${variable} in the environment, or apikeys:stores.${connection}.baseUrl in stack config.`,
    );
  }
  const filled = Object.entries(headers).map(([name, text]) => [
    name.toLowerCase(),
    text.replaceAll(/\{(\w+)\}/g, (whole, credential: string) => credentials[credential] ?? whole),
  ]);
  return storeClient({
    title,
    connection,
    url,
    urlName: "The address",
    headers: Object.fromEntries(filled),
    environment,
  });
}
