import { randomUUID } from "node:crypto";
import { XENTREE_ADMIN, XENTREE_USERS, type XentreeUser } from "./credentials";
import { Fields } from "./fields";
import { bearer, Refusal, type Reply } from "./http";
import type { Call, Route } from "./routing";
import { signToken, verifyToken } from "./tokens";
import type { VendorSettings } from "./vendor";
import { detail, refuseInvalid } from "./xentreeErrors";

const REFRESH_TOKEN_LIFETIME_SECONDS = 7 * 24 * 3600;

/** Login, rotating refresh tokens, and who a token belongs to. */
export class XentreeAuth {
  readonly #settings: VendorSettings;
  /** Ids of the refresh tokens already spent: each buys one pair of tokens. */
  readonly #spent = new Set<string>();

  constructor(settings: VendorSettings) {
    this.#settings = settings;
  }

  readonly routes: readonly Route[] = [
    { method: "POST", template: "/api/auth/login", handle: (call) => this.#login(call) },
    { method: "POST", template: "/api/auth/refresh", handle: (call) => this.#refresh(call) },
    {
      method: "GET",
      template: "/api/auth/me",
      handle: (call) => ({ status: 200, body: this.user(call) }),
    },
  ];

  /** @throws {Refusal} 401 without a valid access token */
  user(call: Call): XentreeUser {
    const token = bearer(call.headers);
    if (token === undefined) throw unauthorised("Not authenticated");
    const claims = this.#verify(token, "access");
    if (claims === "expired") throw unauthorised("Token has expired");
    const user = claims === "invalid" ? undefined : XENTREE_USERS.find(({ id }) => id === claims.sub);
    if (user === undefined) throw unauthorised("Could not validate credentials");
    return user;
  }

  /** @throws {Refusal} 401, or 403 for somebody who isn't an admin */
  admin(call: Call): XentreeUser {
    const user = this.user(call);
    if (user.role !== "admin") throw new Refusal(detail(403, "Admin access required"));
    return user;
  }

  #login(call: Call): Reply {
    const fields = new Fields(call.body);
    const email = fields.requiredText("email");
    const password = fields.requiredText("password");
    refuseInvalid(fields.problems);
    const { username, password: expected } = this.#settings.accounts.credentials.xentree;
    if (email !== username || password !== expected) throw unauthorised("Incorrect email or password");
    return this.#tokens(XENTREE_ADMIN.id);
  }

  #refresh(call: Call): Reply {
    const fields = new Fields(call.body);
    const token = fields.requiredText("refresh_token");
    refuseInvalid(fields.problems);
    const claims = this.#verify(token, "refresh");
    if (typeof claims === "string" || claims.jti === undefined || this.#spent.has(claims.jti)) {
      throw unauthorised("Invalid refresh token");
    }
    this.#spent.add(claims.jti);
    return this.#tokens(claims.sub);
  }

  #verify(token: string, use: "access" | "refresh"): ReturnType<typeof verifyToken> {
    const { accounts, now } = this.#settings;
    return verifyToken(token, { iss: "xentree", use, generation: accounts.generation("xentree") }, now());
  }

  #tokens(sub: string): Reply {
    const issue = (use: "access" | "refresh", lifetimeSeconds: number) =>
      signToken({
        iss: "xentree",
        sub,
        use,
        jti: randomUUID(),
        generation: this.#settings.accounts.generation("xentree"),
        exp: this.#settings.now() / 1000 + lifetimeSeconds,
      });
    const lifetime = this.#settings.accessTokenLifetimeSeconds;
    return {
      status: 200,
      body: {
        access_token: issue("access", lifetime),
        refresh_token: issue("refresh", REFRESH_TOKEN_LIFETIME_SECONDS),
        token_type: "bearer",
        expires_in: lifetime,
      },
    };
  }
}

function unauthorised(text: string): Refusal {
  return new Refusal(detail(401, text));
}
