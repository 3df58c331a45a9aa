import { ApiKeysError } from "../base/errors";
import { configKey, variableName } from "../base/settingNames";
import { defaultPolicy, type HttpPolicy } from "../http/policy";
import { type LimitName, limitNames } from "./names";

/** How hard a connection tries, and for how long. */
export interface ConnectionLimits {
  /** What the connection sets; the rest is the default policy's. */
  readonly policy: Partial<HttpPolicy>;
  /** Milliseconds for which a list of the vendor's may still lack a key that was created. */
  readonly listLagMs: number;
}

/** Milliseconds that are long enough for the replicas of most vendors. */
const defaultListLagMs = 10_000;

const ranges: Readonly<Record<LimitName, readonly [minimum: number, maximum: number]>> = {
  attempts: [1, 20],
  attemptTimeoutSeconds: [1, 3_600],
  operationTimeoutSeconds: [1, 86_400],
  concurrency: [1, 100],
  maxRetryAfterSeconds: [1, 3_600],
  listLagSeconds: [0, 600],
};

type Numbers = Partial<Record<LimitName, number>>;

/**
 * The limits of a connection.
 *
 * @param given each limit as the environment or stack config has it: a whole number, or text of one
 * @throws {ApiKeysError} CONFIGURATION, one sentence with every problem and where it may have been set
 */
export function readLimits(connection: string, given: Partial<Record<LimitName, unknown>>): ConnectionLimits {
  const numbers: Numbers = {};
  const problems: string[] = [];
  for (const name of limitNames) {
    const raw = given[name];
    if (raw === undefined) continue;
    const [minimum, maximum] = ranges[name];
    const number = limitNumber(raw);
    if (number !== undefined && number >= minimum && number <= maximum) numbers[name] = number;
    else {
      const problem = `${name} must be a whole number from ${minimum} to ${maximum}`;
      problems.push(`${problem} (${settingPlaces(connection, name)})`);
    }
  }
  const limits = fromNumbers(numbers);
  if (problems.length === 0) problems.push(...contradictions(connection, limits.policy));
  if (problems.length === 0) return limits;
  throw new ApiKeysError(
    "CONFIGURATION",
    `Connection "${connection}" has limits that it cannot keep: ${problems.join("; ")}.`,
  );
}

function fromNumbers(numbers: Numbers): ConnectionLimits {
  const { attempts, concurrency, attemptTimeoutSeconds, operationTimeoutSeconds } = numbers;
  const { maxRetryAfterSeconds, listLagSeconds } = numbers;
  return {
    policy: {
      ...(attempts !== undefined && { attempts }),
      ...(attemptTimeoutSeconds !== undefined && { attemptTimeoutMs: attemptTimeoutSeconds * 1_000 }),
      ...(operationTimeoutSeconds !== undefined && { operationTimeoutMs: operationTimeoutSeconds * 1_000 }),
      ...(concurrency !== undefined && { concurrency }),
      ...(maxRetryAfterSeconds !== undefined && { maxRetryAfterMs: maxRetryAfterSeconds * 1_000 }),
    },
    listLagMs: listLagSeconds === undefined ? defaultListLagMs : listLagSeconds * 1_000,
  };
}

/** Limits that are sound each by itself, and of which one could never be reached beside the other. */
function contradictions(connection: string, policy: Partial<HttpPolicy>): string[] {
  const { attemptTimeoutMs, operationTimeoutMs } = { ...defaultPolicy, ...policy };
  const longer = (name: LimitName, ms: number): string =>
    `${name} is ${ms / 1_000}, longer than operationTimeoutSeconds, ${operationTimeoutMs / 1_000} ` +
    `(${settingPlaces(connection, name)}; ${settingPlaces(connection, "operationTimeoutSeconds")})`;
  const problems: string[] = [];
  if (attemptTimeoutMs > operationTimeoutMs) problems.push(longer("attemptTimeoutSeconds", attemptTimeoutMs));
  // Its default may well be longer: an operation that is to be short waits for less.
  if (policy.maxRetryAfterMs !== undefined && policy.maxRetryAfterMs > operationTimeoutMs)
    problems.push(longer("maxRetryAfterSeconds", policy.maxRetryAfterMs));
  return problems;
}

/** `pulumi config set --path` keeps digits as a number; a secret and the environment have text. */
function limitNumber(raw: unknown): number | undefined {
  if (typeof raw === "number") return Number.isSafeInteger(raw) ? raw : undefined;
  return typeof raw === "string" && /^\d{1,9}$/.test(raw) ? Number(raw) : undefined;
}

function settingPlaces(connection: string, name: LimitName): string {
  return `environment variable ${variableName(connection, name)}, config key ${configKey}.${connection}.${name}`;
}
