import { applications as definition } from "../provider/service/applications";
import { type KeyClass, keyClass } from "./apiKey";
import type { KeyArgs } from "./types";

/** Arguments of {@link ApiKey}. */
export type ApiKeyArgs = KeyArgs<typeof definition>;

// Named by the definition's own type, so that editors show the comments of its fields.
const Base: KeyClass<typeof definition> = keyClass(definition, true);

/** Declares an API key of one application. */
export class ApiKey extends Base {}
