import type { Client } from "@grpc/grpc-js";
import * as grpc from "@grpc/grpc-js";

const { CONNECTING, READY, TRANSIENT_FAILURE } = grpc.connectivityState;

/**
 * Calls back once the engine is gone. A CLI that was killed leaves its provider running behind a shell, free to
 * go on creating keys that no state will ever hold.
 *
 * An idle connection may be closed for good reasons, so what counts is that it cannot be opened any more.
 */
export function whenEngineIsGone(client: Client, callback: () => void): void {
  const channel = client.getChannel();
  let seen = false;
  const look = (): void => {
    const state = channel.getConnectivityState(true);
    seen ||= state === READY || state === CONNECTING;
    if (seen && state === TRANSIENT_FAILURE) {
      callback();
      return;
    }
    channel.watchConnectivityState(state, Number.POSITIVE_INFINITY, look);
  };
  look();
}
