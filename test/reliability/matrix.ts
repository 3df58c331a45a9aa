/** One fault at one step, and what becomes of it. The tests are named by these cells, and docs/reliability.md is made of them. */
export interface Cell {
  /** What goes wrong. */
  readonly fault: string;
  /** What the user is shown, `…` for what varies; empty where there is nothing to be seen. */
  readonly sees: string;
  /** What is then at the vendor and in state. */
  readonly left: string;
  /** What the user does. */
  readonly next: string;
}

const asItWas = "Everything as it was, at the vendor and in state.";
const one = "One live key, in state with its value.";
const again = "Run the same command again.";
const nothing = "Nothing.";
const repair = "`pulumi cancel`, `npx pulumi-apikeys recover`, `pulumi up`.";
const repairCrash = "`npx pulumi-apikeys recover`, `pulumi up`.";

export const matrix = {
  "auth.refused": {
    fault: "The vendor refuses the credentials (401), also after a renewed login",
    sees: '(connection "…"): HTTP 401',
    left: asItWas,
    next: "Correct the connection's credentials, in the environment or in stack config, and run the same command again.",
  },
  "auth.forbidden": {
    fault: "The credentials may not manage keys (403)",
    sees: '(connection "…"): HTTP 403',
    left: asItWas,
    next: "Give the connection credentials that may, and run the same command again.",
  },
  "auth.expired": {
    fault: "An access token expires while many requests are under way",
    sees: "",
    left: one,
    next: "Nothing: the login is renewed once for all of them, and each is sent once more.",
  },
  "auth.refresh-refused": {
    fault: "The refresh token is refused",
    sees: "",
    left: one,
    next: "Nothing: there is one new login.",
  },
  "auth.login-refused": {
    fault: "The login is refused",
    sees: "the user name or password was refused (HTTP 401)",
    left: asItWas,
    next: "Correct the connection's username and password. There is one attempt only, so that no account is locked.",
  },
  "auth.skew": {
    fault: "The vendor's clock is five minutes ahead of ours, or behind",
    sees: "",
    left: one,
    next: nothing,
  },
  "auth.rotated": {
    fault: "The vendor's credentials were changed after the last `up`",
    sees: "HTTP 401",
    left: asItWas,
    next: "Set the new ones in the environment (`APIKEYS_…`), also for `refresh` and `destroy`, which read the config of the last `up`.",
  },
  "load.limited": {
    fault: "The vendor answers 429, with or without Retry-After",
    sees: "",
    left: one,
    next: "Nothing: all requests of the connection pause.",
  },
  "load.long": {
    fault: "The vendor asks for a longer pause than the connection allows",
    sees: "asks to wait … s before the next attempt",
    left: asItWas,
    next: "Run the same command later, or set the connection's `maxRetryAfterSeconds`.",
  },
  "load.down": {
    fault: "The vendor cannot be reached",
    sees: "the connection was refused",
    left: asItWas,
    next: again,
  },
  "create.refused": {
    fault: "The vendor refuses the key (4xx)",
    sees: 'did not create API key "…" (connection "…"): HTTP 4…',
    left: "No key.",
    next: "Do as the vendor's own words say, which follow.",
  },
  "create.lost": {
    fault:
      "The key is created, and the answer never comes whole: reset, truncated, 500, 502, a page in place of JSON, an answer without the value",
    sees: "",
    left: `${one} The first, whose value was lost, is revoked.`,
    next: nothing,
  },
  "create.reset": {
    fault: "The connection breaks before the vendor has done anything",
    sees: "was created at a second attempt. The answer to the first was lost",
    left: one,
    next: "Nothing: the next `pulumi up` looks once more whether a first key has appeared, and revokes it.",
  },
  "create.timeout": {
    fault: "The key is created, and no answer comes in time",
    sees: "",
    left: `${one} The first is revoked.`,
    next: nothing,
  },
  "create.lag": {
    fault:
      "The answer is lost, and the vendor's list shows the key only later, within the connection's `listLagSeconds`",
    sees: "",
    left: `${one} The first is revoked.`,
    next: nothing,
  },
  "create.lag-longer": {
    fault: "The answer is lost, and the vendor's list shows the key even later than that",
    sees: "the next `pulumi up` looks once more|which was revoked now. Run `pulumi up` again",
    left: "Two live keys: one in state with its value, and the first, of which the state knows that it may appear. At a place for one key only: none.",
    next: "`pulumi up`, or `pulumi destroy`: either revokes the first.",
  },
  "create.lost-twice": {
    fault: "The answer is lost twice",
    sees: "This happened twice; no key was left behind.",
    left: "No key.",
    next: again,
  },
  "create.reset-twice": {
    fault: "The connection breaks twice, and no key is to be seen",
    sees: "no key of it has appeared at the vendor so far",
    left: "No key that can be seen; the create stays noted.",
    next: "Later `npx pulumi-apikeys recover`, which looks once more; then `pulumi up`.",
  },
  "create.blind": {
    fault: "The answer is lost, and the list is refused or is none",
    sees: 'Look for a key named "…" at the vendor and revoke it',
    left: "Perhaps one live key in no state. No second is created; the create stays noted.",
    next: "`npx pulumi-apikeys recover` once the list can be read, or as the message says; then `pulumi up`.",
  },
  "create.fixed": {
    fault: "The answer is lost, and the program chose the name",
    sees: "may be someone else's and none was revoked. Look at key …",
    left: "Perhaps one live key in no state: under a name that is not ours alone nothing is revoked.",
    next: "Look at the keys named. Revoke what nobody uses, or let `npx pulumi-apikeys recover` ask you; then `pulumi up`.",
  },
  "create.fixed-older": {
    fault: "The connection breaks, and an older key of somebody's bears the name that the program chose",
    sees: "was created at a second attempt",
    left: `${one} The older key is not touched.`,
    next: nothing,
  },
  "create.occupied": {
    fault: "A place for one key only has a key already",
    sees: "already has a key, …, and can have only one",
    left: "That key, not touched.",
    next: "Take it over with `adopt`, or revoke it at the vendor.",
  },
  "create.mistake": {
    fault: "A mistake of this package's after the vendor has answered",
    sees: "was created and is in state, but not all that … says of it could be recorded",
    left: one,
    next: "`pulumi refresh`, and tell us of the mistake.",
  },
  "refresh.proxy": {
    fault: "401, 403, 404, 408, 429 or 5xx from whatever stands between us and the vendor",
    sees: '(connection "…")',
    left: asItWas,
    next: again,
  },
  "refresh.page": {
    fault: "A login page with status 200, an empty body, another API's JSON, a list cut short",
    sees: '(connection "…")',
    left: asItWas,
    next: "Check the connection's base URL and network, and run the same command again.",
  },
  "refresh.missing-page": {
    fault: "One page of several is missing",
    sees: "list API keys",
    left: asItWas,
    next: again,
  },
  "refresh.endless": {
    fault: "A list that never ends",
    sees: "does not end",
    left: asItWas,
    next: "Correct the definition's pagination.",
  },
  "refresh.tenant": {
    fault: "Another tenant's credentials, which are shown an empty but complete list",
    sees: "so its absence from their list proves nothing",
    left: asItWas,
    next: "Use credentials of the key's own tenant.",
  },
  "refresh.origin": {
    fault: "The connection leads to another server",
    sees: 'was created at …, but connection "…" now leads to …',
    left: `${asItWas} The other server is not even asked.`,
    next: "Correct the connection's base URL.",
  },
  "refresh.young": {
    fault: "The list does not show a key that was created just now",
    sees: "",
    left: asItWas,
    next: nothing,
  },
  "refresh.revoked": {
    fault: "The key was revoked behind our back",
    sees: "",
    left: "The key is out of state, on the vendor's own word or a complete list.",
    next: "`pulumi up` makes another.",
  },
  "refresh.ended": {
    fault: "The key was deactivated behind our back, and is still listed",
    sees: "no longer works",
    left: "The key in state with its status, so that nothing of it is forgotten.",
    next: "`pulumi up` replaces it.",
  },
  "delete.lost": {
    fault: "The key is revoked, and the answer is lost",
    sees: "",
    left: "No key.",
    next: nothing,
  },
  "delete.proxy": {
    fault: "200, 401, 403, 404 or 5xx that are not the vendor's",
    sees: '(connection "…")|was to be revoked, but the answer does not prove that it was',
    left: `${asItWas} Where the answer to a revocation was lost, the key may be dead: \`pulumi refresh\` tells.`,
    next: "Check the connection's base URL, and run the same command again.",
  },
  "delete.colleague": {
    fault: "A colleague's newer key stands at the place of the only one",
    sees: "another key (…) has taken its place, which was left alone",
    left: "The colleague's key. Ours is gone.",
    next: nothing,
  },
  "delete.tenant": {
    fault: "Another tenant's credentials, for which the key is not there (404)",
    sees: "so its absence from their list proves nothing",
    left: asItWas,
    next: "Use credentials of the key's own tenant.",
  },
  "killed.create": {
    fault: "Ctrl-C twice, or the CLI is killed, while a key is created",
    sees: "",
    left: "Perhaps one live key in no state; the pending operation tells its exact name. The provider has ended too, and sends nothing more.",
    next: repair,
  },
  "killed.successor": {
    fault: "The same while a rotation creates the successor",
    sees: "",
    left: "The old key, live and in state; perhaps a successor in no state, as above.",
    next: repair,
  },
  "killed.retire": {
    fault: "The same while a rotation revokes the old key",
    sees: "",
    left: "The successor in state; the old key, perhaps still live, is in state as to be deleted.",
    next: repair,
  },
  "killed.delete": {
    fault: "The same while `destroy` revokes a key",
    sees: "",
    left: "The key in state, perhaps revoked. `recover` looks at it.",
    next: "`pulumi cancel`, `npx pulumi-apikeys recover`, then `pulumi destroy` to go on or `pulumi up` to have it back.",
  },
  "crashed.create": {
    fault: "The provider process is killed (out of memory, for instance) while a key is created",
    sees: "error reading from server: EOF",
    left: "Perhaps one live key in no state, of which the engine keeps no trace; the note on this machine tells its exact name, and the next preview says so.",
    next: repairCrash,
  },
  "crashed.successor": {
    fault: "The same while a rotation creates the successor",
    sees: "error reading from server: EOF",
    left: "The old key, live and in state; perhaps a successor in no state, as above.",
    next: repairCrash,
  },
  "crashed.retire": {
    fault: "The same while a rotation revokes the old key",
    sees: "error reading from server: EOF",
    left: "The successor in state; the old key, perhaps still live, is in state as to be deleted.",
    next: "`pulumi up`.",
  },
  "crashed.delete": {
    fault: "The same while `destroy` revokes a key",
    sees: "error reading from server: EOF",
    left: "The key in state, perhaps revoked.",
    next: "`pulumi destroy` to go on, or `pulumi up --refresh` to have it back.",
  },
  "backend.refused": {
    fault: "The state cannot be written after a key was created",
    sees: "failed to save snapshot",
    left: "One live key in no state, whose value is lost; the pending operation, written before, tells its exact name.",
    next: `Make the backend writable; then ${repair}`,
  },
  "backend.full": {
    fault: "The disk of the state is full after a key was created",
    sees: "no space left on device",
    left: "As above.",
    next: `Make room; then ${repair}`,
  },
  "hostile.redirect": {
    fault: "A redirect, to another origin or path",
    sees: "redirects are not followed",
    left: asItWas,
    next: "Correct the connection's base URL. No credential went elsewhere.",
  },
  "hostile.huge": {
    fault: "An answer of more than 16 MiB",
    sees: "is too large",
    left: asItWas,
    next: "Check the connection's base URL.",
  },
  "hostile.deep": {
    fault: "JSON nested more than 64 levels deep",
    sees: "is nested deeper than 64 levels",
    left: asItWas,
    next: "Check the connection's base URL.",
  },
  "hostile.terminal": {
    fault: "Control characters and terminal sequences in the vendor's message, or our own credential",
    sees: "Pay [secret] to pass",
    left: asItWas,
    next: "The message is shown without them.",
  },
} as const satisfies Record<string, Cell>;

export type CellId = keyof typeof matrix;

/** What a test of a cell is called. */
export function title(id: CellId): string {
  return `[${id}] ${matrix[id].fault}`;
}

/** What has to be seen in a cell; matches nothing but an empty text where there is nothing to be seen. */
export function sees(id: CellId): RegExp {
  const text: string = matrix[id].sees;
  if (text === "") return /^$/;
  const alternatives = text.split("|").map((part) =>
    part
      .split("…")
      .map((piece) => piece.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
      .join(".+"),
  );
  return new RegExp(alternatives.join("|"), "s");
}
