import { xentree as definition } from "../provider/service/xentree";
import { type KeyClass, keyClass } from "./apiKey";
import type { KeyArgs } from "./types";

/** Arguments of {@link ApiKey}. */
export type ApiKeyArgs = KeyArgs<typeof definition>;

// Named by the definition's own type, so that editors show the comments of its fields.
const Base: KeyClass<typeof definition> = keyClass(definition, true);

/** Declares a Xentree admin API key. */
export class ApiKey extends Base {}
