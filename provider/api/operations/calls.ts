import type { Clock } from "../../base/clock";
import { ApiKeysError } from "../../base/errors";
import type { OperationDefinition, ServiceDefinition } from "../../definition/definition";
import type { HttpClient } from "../../http/client";
import type { HttpResponse } from "../../http/request";
import type { Known, PathParameters } from "../../vendor";
import { jsonBody } from "../answers";
import { problemError } from "../problem";
import { variablesOf } from "../variables";
import { headersRead } from "../wire/places";
import { type OperationRequest, requestOf, type SentFields } from "../wire/request";
import { assertNamed } from "./addressing";

/** A call of one operation. */
export interface OperationCall {
  readonly operation: OperationDefinition;
  readonly pathParameters: PathParameters;
  /** What is known of the key that is meant, `keyId` among it. Default: nothing. */
  readonly known?: Known;
  /** The act in words, for messages. */
  readonly what: string;
  /** Fields that are sent. Default: none. */
  readonly sent?: Omit<SentFields, "nowMs">;
  /** Whether sending it twice does no harm; else it is repeated only when it provably had no effect. */
  readonly repeatable: boolean;
}

/** Sees each response before it is judged; it may hold secrets. */
export type Observer = (operation: OperationDefinition, response: HttpResponse) => void;

/** How the operations of one service are called through one connection. */
export class OperationClient {
  private readonly readsHeaders: readonly string[];

  constructor(
    readonly definition: ServiceDefinition,
    private readonly connection: string,
    readonly http: HttpClient,
    readonly clock: Clock,
    private readonly observe: Observer = () => {},
  ) {
    this.readsHeaders = headersRead(definition);
  }

  /** The request of a call, as it would be sent. */
  async request({
    operation,
    pathParameters,
    known = {},
    sent,
    what = "list API keys",
  }: Omit<OperationCall, "what" | "repeatable"> & { what?: string }): Promise<OperationRequest> {
    const nowMs = this.clock.now();
    const told = await this.http.variables();
    const variables = variablesOf(this.definition, told, pathParameters, known, nowMs);
    // A singleton's place names the one key that there can be.
    if (typeof known.keyId === "string" && known.keyId !== "") {
      assertNamed(this.definition, operation, variables, what);
    }
    return requestOf(this.definition, operation, variables, sent && { ...sent, nowMs });
  }

  async send(call: OperationCall): Promise<HttpResponse> {
    return this.sendRequest(call, await this.request(call));
  }

  /** Sends a request that `request` has made, as it is or changed. */
  async sendRequest(
    {
      operation,
      what,
      repeatable,
      readsHeader = () => false,
    }: Pick<OperationCall, "operation" | "what" | "repeatable"> & {
      /** Whether a response header is read beside those that the definition names. Default: none. */
      readsHeader?: (name: string) => boolean;
    },
    request: OperationRequest,
  ): Promise<HttpResponse> {
    const response = await this.http.send({
      ...request,
      what,
      repeatable,
      readsHeaders: this.readsHeaders,
      readsHeader,
    });
    this.observe(operation, response);
    return response;
  }

  /** What to throw for a response that is no success. */
  problem(what: string, response: HttpResponse): ApiKeysError {
    const { definition, connection } = this;
    return problemError({ definition, connection, what, status: response.status, body: jsonBody(response) });
  }

  /** What to throw where a key may exist whose value was not received. */
  unknownOutcome(what: string, answer: string): ApiKeysError {
    return new ApiKeysError(
      "OUTCOME_UNKNOWN",
      `${this.definition.title} answered "${what}" (connection "${this.connection}") with ${answer}.`,
    );
  }

  /** What to throw for a success that is not what it should be. */
  invalid(what: string, problem: string): ApiKeysError {
    return new ApiKeysError(
      "RESPONSE_INVALID",
      `${this.definition.title} answered "${what}" (connection "${this.connection}") with ${problem}. ` +
        "Check the connection's base URL, and the service definition against the vendor's page.",
    );
  }
}
