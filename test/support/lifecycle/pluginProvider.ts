import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Any } from "google-protobuf/google/protobuf/any_pb";
import { received, structOf } from "../../../provider/host/plugin/propertyStruct";
import { implementation } from "../../../provider/host/plugin/server";
import { Session } from "../../../provider/host/plugin/session";
import { redact } from "../../../provider/redaction/redactor";
import { type Bag, PartialFailure, type Provider } from "../modelledEngine/provider";
import { type OperationContext, OperationMemory } from "./lifecycle";

const urn = "urn:pulumi:dev::project::apikeys::ci";

/** The plugin as the engine calls it, in this process: each request and each answer is a message of gRPC. */
export function pluginProvider(
  world: OperationContext & { memory: OperationContext["memory"] },
  warn: (message: string) => void,
): Provider {
  world.memory = new OperationMemory(world.memory.creates);
  const session = new Session(
    {},
    () => world,
    async (severity, message) => {
      if (severity === "warning") warn(message);
    },
  );
  const served = implementation(session);
  const call = async <Answer>(name: string, request: object): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const handle = served[name] as (
        sent: object,
        respond: (error: object | null, answer: Answer) => void,
      ) => void;
      handle({ request }, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
  return {
    async check(olds, news) {
      const request = new messages.CheckRequest();
      request.setUrn(urn);
      request.setType(typeOf(news));
      request.setName(String(news.logicalName ?? "ci"));
      request.setOlds(sentStruct({ ...olds }));
      request.setNews(sentStruct({ ...news }));
      const answer = await call<messages.CheckResponse>("check", request);
      return {
        inputs: received(answer.getInputs()).properties,
        failures: answer.getFailuresList().map((failure) => failure.getReason()),
      };
    },
    async diff(id, olds, news) {
      const request = new messages.DiffRequest();
      request.setId(id);
      request.setUrn(urn);
      request.setType(typeOf(news));
      request.setOlds(sentStruct({ ...olds }));
      request.setNews(sentStruct({ ...news }));
      const answer = await call<messages.DiffResponse>("diff", request).catch(asSent);
      return {
        changes: answer.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
        replaces: answer.getReplacesList(),
        deleteBeforeReplace: answer.getDeletebeforereplace(),
      };
    },
    async create(inputs) {
      const request = new messages.CreateRequest();
      request.setUrn(urn);
      request.setType(typeOf(inputs));
      request.setProperties(sentStruct({ ...inputs }));
      const answer = await call<messages.CreateResponse>("create", request).catch(asSent);
      return { id: answer.getId(), outputs: outputsOf(answer) };
    },
    async read(id, outputs) {
      const request = new messages.ReadRequest();
      request.setId(id);
      request.setUrn(urn);
      request.setType(typeOf(outputs));
      request.setProperties(sentStruct({ ...outputs }));
      const answer = await call<messages.ReadResponse>("read", request).catch(asSent);
      if (answer.getId() === "") return undefined;
      const inputs = answer.getInputs();
      return { outputs: outputsOf(answer), ...(inputs && { inputs: received(inputs).properties }) };
    },
    async update(id, olds, news) {
      const request = new messages.UpdateRequest();
      request.setId(id);
      request.setUrn(urn);
      request.setType(typeOf(news));
      request.setOlds(sentStruct({ ...olds }));
      request.setNews(sentStruct({ ...news }));
      return outputsOf(await call<messages.UpdateResponse>("update", request).catch(asSent));
    },
    async delete(id, outputs) {
      const request = new messages.DeleteRequest();
      request.setId(id);
      request.setUrn(urn);
      request.setType(typeOf(outputs));
      request.setProperties(sentStruct({ ...outputs }));
      await call("delete", request).catch(asSent);
    },
  };
}

/** Properties as the engine sends them: what is undefined is not there. */
function sentStruct(properties: Bag) {
  return structOf(JSON.parse(JSON.stringify(properties)));
}

function typeOf({ service, definition }: Bag): string {
  return definition === undefined ? `apikeys:${String(service)}:ApiKey` : "apikeys:index:ApiKey";
}

/** What the dynamic host's state has under this name is not the lifecycle's. */
function outputsOf(answer: { getProperties(): Parameters<typeof received>[0] }): Bag {
  const { __provider: _, ...outputs } = received(answer.getProperties()).properties;
  return outputs;
}

interface SentError {
  readonly message: string;
  readonly cause: unknown;
  readonly metadata?: { get(name: string): (string | Buffer)[] };
}

/** A failure as the engine understands it: with what was done before it, where something was. Tests ask what it was. */
function asSent({ message, cause, metadata }: SentError): never {
  if (!(cause instanceof Error) || !message.includes(redact(cause.message))) throw new Error(message);
  const [packed] = metadata?.get("grpc-status-details-bin") ?? [];
  if (packed === undefined) throw cause;
  const [any] = Status.deserializeBinary(Buffer.from(packed)).getDetailsList();
  const detail = messages.ErrorResourceInitFailed.deserializeBinary((any as Any).getValue_asU8());
  throw new PartialFailure(detail.getId(), outputsOf(detail), cause);
}
