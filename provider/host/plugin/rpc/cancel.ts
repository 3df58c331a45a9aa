import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Session } from "../session";

/** Lets what was sent come back into the state, and begins no other create. */
export async function cancel(session: Session): Promise<Empty> {
  session.cancel();
  return new Empty();
}
