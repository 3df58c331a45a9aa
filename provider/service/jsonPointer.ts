import { z } from "zod";

/**
 * A place in a vendor's JSON.
 *
 * @see RFC 6901
 */
export const pointer = z
  .string()
  .regex(
    /^(\/([^~/]|~[01])*)*$/,
    "must be a JSON Pointer (RFC 6901), such as /data/key, or empty for the whole body",
  );
