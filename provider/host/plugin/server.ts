import type {
  handleUnaryCall,
  ServerUnaryCall,
  sendUnaryData,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { attach } from "../engine";
import type { Bag } from "../engineProperties";
import { failure } from "./failure";
import { cancel } from "./rpc/cancel";
import { check } from "./rpc/check";
import { checkConfig } from "./rpc/checkConfig";
import { configure } from "./rpc/configure";
import { create } from "./rpc/create";
import { diff } from "./rpc/diff";
import { diffConfig } from "./rpc/diffConfig";
import { getMapping } from "./rpc/getMapping";
import { getPluginInfo } from "./rpc/getPluginInfo";
import { getSchema } from "./rpc/getSchema";
import { handshake } from "./rpc/handshake";
import { invoke } from "./rpc/invoke";
import { parameterize } from "./rpc/parameterize";
import { read } from "./rpc/read";
import { remove } from "./rpc/remove";
import { update } from "./rpc/update";
import { KeyProperties, type Session } from "./session";

/**
 * What the engine may call. gRPC itself answers "unimplemented" to all else, such as the constructs of components, which
 * this provider has none of.
 */
export function implementation(session: Session): UntypedServiceImplementation {
  const ofKey = <Request extends { getType(): string }, Response>(
    call: (session: Session, request: Request, key: KeyProperties) => Promise<Response>,
  ) =>
    answered<Request, Response>((request, keep) => {
      const key = new KeyProperties(session.keyType(request.getType()));
      keep((properties) => key.out(properties));
      return call(session, request, key);
    });
  return {
    handshake: answered(handshake),
    attach: answered(async (request: PluginAttach) => {
      attach(request.getAddress());
      return new Empty();
    }),
    getPluginInfo: answered(getPluginInfo),
    getSchema: answered((request: Parameters<typeof getSchema>[1]) => getSchema(session, request)),
    getMapping: answered(getMapping),
    parameterize: answered((request: Parameters<typeof parameterize>[1]) => parameterize(session, request)),
    checkConfig: answered((request: Parameters<typeof checkConfig>[1]) => checkConfig(session, request)),
    diffConfig: answered(diffConfig),
    configure: answered((request: Parameters<typeof configure>[1]) => configure(session, request)),
    check: answered((request: Parameters<typeof check>[1]) => check(session, request)),
    diff: answered((request: Parameters<typeof diff>[1]) => diff(session, request)),
    create: ofKey(create),
    read: ofKey(read),
    update: ofKey(update),
    delete: ofKey(remove),
    invoke: answered((request: Parameters<typeof invoke>[1]) => invoke(session, request)),
    cancel: answered(() => cancel(session)),
  };
}

/**
 * @param call its second argument notes how properties of the lifecycle become a program's, for a failure that has some
 */
function answered<Request, Response>(
  call: (request: Request, keep: (out: (properties: Bag) => Bag) => void) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (sent: ServerUnaryCall<Request, Response>, respond: sendUnaryData<Response>): void => {
    let out = (properties: Bag) => properties;
    const act = async () =>
      call(sent.request, (made) => {
        out = made;
      });
    act().then(
      (response) => respond(null, response),
      (error: unknown) => respond(failure(error, out)),
    );
  };
}
