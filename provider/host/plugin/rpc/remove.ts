import type { DeleteRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { remove as removeKey } from "../../resource";
import { withoutProgram } from "../../withoutProgram";
import type { KeyProperties, Session } from "../session";

/** Revokes every key that the resource owns. */
export async function remove(session: Session, request: DeleteRequest, key: KeyProperties): Promise<Empty> {
  const outputs = key.in(request.getProperties());
  const act = () =>
    withoutProgram(outputs, () => removeKey(session.operation, outputs), session.storedSettings);
  await session.show(await session.within(request.getTimeout(), act), request.getUrn());
  return new Empty();
}
