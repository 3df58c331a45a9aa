import { problemError, readProblem } from "../../provider/api/problem";
import { protect } from "../../provider/redaction/redactor";
import { acme, applications, parse, sendkit, xentree } from "../support/vendor/definitions";

/** The error that the user sees for a response to `create API key "ci"`. */
function told(
  definition: Parameters<typeof problemError>[0]["definition"],
  status: number,
  body: unknown,
): string {
  const options = { definition, connection: "prod", what: 'create API key "ci"', status, body };
  return problemError(options).message;
}

const forbidden = {
  error: "Forbidden",
  message: "You don't have permission to access this resource",
  code: 403,
};

describe("SendKit's errors", () => {
  it("are read from the envelope that its page shows, with what the status means there", () => {
    expect(told(sendkit, 403, forbidden)).toBe(
      'SendKit did not create API key "ci" (connection "prod"): HTTP 403: You don\'t have permission to access this resource. ' +
        "Only owners and admins of the workspace can manage its API key, with a platform key (sk_user_…).",
    );
  });

  it("are read from its second envelope too, with details", () => {
    const body = {
      success: false,
      error: {
        code: "VALIDATION_ERROR",
        message: "The request is not valid",
        details: [{ field: "name", message: "Too long" }],
      },
    };
    expect(told(sendkit, 400, body)).toBe(
      'SendKit did not create API key "ci" (connection "prod"): HTTP 400: The request is not valid; name: Too long.',
    );
    expect(readProblem(sendkit, 400, body)?.aboutKeys).toBe(true);
  });
});

describe("Applications' errors", () => {
  it("name the fields as the program does", () => {
    const renamed = parse({
      ...acme(),
      fields: { ...acme().fields, expiresAt: { type: "instant", wire: "expires_at", input: "optional" } },
      errors: [
        {
          message: "/message",
          code: "/code",
          details: { items: "/details", field: "/field", message: "/message" },
        },
      ],
    });
    const body = {
      error: "Bad Request",
      message: "The request contains invalid parameters or malformed data",
      code: 400,
      details: [
        { field: "expires_at", message: "Must be in the future" },
        { field: "name[3]", message: "Odd" },
        { field: "name.first", message: "Odd" },
        { field: "elsewhere", message: "Nobody knows" },
        { field: 7, message: "No name" },
        { message: "No field" },
        "nothing",
      ],
    };
    expect(told(renamed, 400, body)).toBe(
      'Acme did not create API key "ci" (connection "prod"): HTTP 400: The request contains invalid parameters or ' +
        "malformed data; expiresAt: Must be in the future; name[3]: Odd; name.first: Odd; elsewhere: Nobody knows.",
    );
  });

  it("count only where the envelope repeats the answer's own status", () => {
    expect(readProblem(applications, 403, forbidden)?.message).toBe(forbidden.message);
    expect(readProblem(applications, 404, forbidden)).toBeUndefined();
    expect(readProblem(applications, 404, { message: "No", code: null })).toBeUndefined();
    expect(readProblem(applications, 404, { message: "No" })).toBeUndefined();
  });

  it("may have a word for their code", () => {
    expect(readProblem(applications, 404, { message: "Gone", code: "NOT_FOUND" })?.message).toBe("Gone");
  });
});

describe("Xentree's errors", () => {
  it("are a single text", () => {
    expect(told(xentree, 403, { detail: "Admin access required" })).toBe(
      'Xentree did not create API key "ci" (connection "prod"): HTTP 403: Admin access required. ' +
        "The connection's user needs to be an administrator of the tenant.",
    );
  });

  it("are a list of fields under our names, without repetition", () => {
    const body = {
      detail: [
        { loc: ["body", "rate_limit_per_minute"], msg: "Input should be greater than or equal to 1" },
        { loc: ["body", "allowed_ips", 0], msg: "Input should be a valid string" },
      ],
    };
    expect(told(xentree, 422, body)).toBe(
      'Xentree did not create API key "ci" (connection "prod"): HTTP 422: ' +
        "rateLimitPerMinute: Input should be greater than or equal to 1; allowedIps: Input should be a valid string.",
    );
  });

  it("are about a key, unless they are the router's own", () => {
    expect(readProblem(xentree, 404, { detail: "API key not found" })?.aboutKeys).toBe(true);
    expect(readProblem(xentree, 404, { detail: "Not Found" })?.aboutKeys).toBe(false);
  });
});

describe("a response in none of the vendor's shapes", () => {
  it.each([
    undefined,
    null,
    "canary",
    [],
    {},
    { detail: 5 },
    { detail: {} },
    { detail: [] },
    { errors: ["canary"] },
  ])("is reported without its content: %j", (body) => {
    expect(readProblem(xentree, 502, body)).toBeUndefined();
    expect(told(xentree, 502, body)).toBe(
      'Xentree did not create API key "ci" (connection "prod"): HTTP 502, with an answer that is not in Xentree\'s ' +
        "own error format; is the base URL right?",
    );
  });
});

describe("a vendor's words", () => {
  it("cannot take over a terminal", () => {
    const wild = "\u001b[2J\u001b]0;owned\u0007No\r\n\u202eway\u0000 \u2028at\u200b all";
    const text = told(xentree, 400, { detail: wild });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that must be gone.
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b\u202e\u2028]/);
    expect(text).toMatch(/HTTP 400: No +way +at +all\.$/);
  });

  it("are cut at a maximum length", () => {
    const text = told(xentree, 400, { detail: "x".repeat(10_000) });
    expect(text).toContain(`${"x".repeat(300)}…`);
    expect(text.length).toBeLessThan(450);
  });

  it("are ended as a sentence", () => {
    expect(told(xentree, 400, { detail: "Why?" })).toMatch(/HTTP 400: Why\?$/);
    expect(told(xentree, 400, { detail: "No" })).toMatch(/HTTP 400: No\.$/);
  });

  it("that echo a credential show it nowhere: in the message, in a detail, in a field's name", () => {
    const secret = "sk_user_canary";
    const body = {
      error: {
        message: `Key ${secret} is bad, ${secret}!`,
        code: "BAD_KEY",
        details: [{ field: secret, message: `${secret} again` }],
      },
    };
    protect(secret);
    const text = told(sendkit, 400, body);
    expect(text).not.toContain("canary");
    expect(text).toContain("HTTP 400: Key [secret] is bad, [secret]!; [secret]: [secret] again.");
  });

  it("that echo a credential at the place of the cut show no part of it", () => {
    const secret = "sk_user_canary_with_a_long_tail";
    protect(secret);
    const text = told(sendkit, 400, { message: `${"x".repeat(290)}${secret}`, code: 400 });
    expect(text).not.toContain("sk_user");
  });

  it("that hide a credential behind control characters show it nowhere", () => {
    protect("sk_user_canary");
    const text = told(sendkit, 400, { message: "Bad sk_user\u001b[0m_canary", code: 400 });
    expect(text).not.toContain("canary");
  });

  it("that echo a credential in base64, in the midst of a header, show it nowhere", () => {
    protect("sk_user_canary");
    const header = Buffer.from("admin:sk_user_canary").toString("base64");
    const text = told(sendkit, 400, { message: `Bad Authorization: Basic ${header}`, code: 400 });
    expect(text).toMatch(/HTTP 400: Bad Authorization: Basic \S+\[secret\]/);
  });

  it("are cut when there are too many details", () => {
    const details = Array.from({ length: 100_000 }, (_, index) => ({ field: `f${index}`, message: "No" }));
    const text = told(sendkit, 400, { error: { message: "Bad", code: "BAD", details } });
    expect(text).toContain("f9: No");
    expect(text).not.toContain("f10: No");
  });
});

it("the error has the answer's status and a code that programs can go by", () => {
  const error = problemError({
    definition: xentree,
    connection: "prod",
    what: "list API keys",
    status: 429,
    body: undefined,
  });
  expect(error).toMatchObject({ name: "HttpProblemError", code: "HTTP_PROBLEM", status: 429 });
});
