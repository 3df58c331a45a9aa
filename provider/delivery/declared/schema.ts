import { z } from "zod";
import { templateVariables, textsIn } from "../../json/templates";
import { nonEmpty } from "../kind";
import type { StoreDefinition } from "./definition";

const texts = z.record(nonEmpty, z.string({ error: "must be text" }));
const statuses = z.array(z.int().min(100).max(599), { error: "must be a list of statuses" }).min(1);
const pointer = z
  .string({ error: "must be a JSON Pointer" })
  .regex(/^(\/([^~/]|~[01])*)+$/, "must be a JSON Pointer, such as /value");

const members = {
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"], {
    error: "must be GET, POST, PUT, PATCH or DELETE",
  }),
  path: nonEmpty.startsWith("/", "must start with /"),
  query: texts.optional(),
  headers: texts.optional(),
  body: z.json().optional(),
  success: statuses.optional(),
  missing: statuses.optional(),
};
const request = z.strictObject(members);

/** Variables that each request has. */
const ownVariables = ["field", "text", "base64"];

/** What a declaration of a store has to be. */
export const storeDefinition: z.ZodType<StoreDefinition> = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and dashes"),
    title: nonEmpty.optional(),
    baseUrl: nonEmpty.optional(),
    credentials: z.array(nonEmpty).optional(),
    headers: texts.optional(),
    place: z.array(nonEmpty),
    write: request,
    read: z.strictObject({ ...members, text: pointer }).optional(),
    version: z.strictObject({ ...members, at: pointer }).optional(),
    remove: request.optional(),
    probe: request.optional(),
  })
  .superRefine((definition, context) => {
    const { credentials = ["token"], place } = definition;
    const known = new Set([...ownVariables, ...credentials, ...place]);
    for (const [text, path] of textsIn(definition)) {
      const unknown = templateVariables(text).filter((name) => !known.has(name));
      if (unknown.length > 0) {
        const message = `has {${unknown.join("}, {")}}, and there are ${[...known].join(", ")}`;
        context.addIssue({ code: "custom", path: [...path], message });
      }
    }
    const written = JSON.stringify(definition.write);
    if (!/\{(text|base64)\}/.test(written)) {
      context.addIssue({
        code: "custom",
        path: ["write"],
        message: "sends no {text}, so that the value goes nowhere",
      });
    }
    if (/\{(text|base64)\}/.test(JSON.stringify([definition.write.path, definition.write.query ?? {}]))) {
      context.addIssue({
        code: "custom",
        path: ["write"],
        message: "has the value in its address, which logs keep; send it in the body",
      });
    }
  });
