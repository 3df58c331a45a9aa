import type { Clock } from "../../base/clock";
import type { HttpPolicy } from "../policy";
import { Queue } from "./queue";
import { RequestGate } from "./requestGate";

/** What keeps all requests of one connection within bounds, whichever client sends them. */
export class Throttle {
  readonly queue: Queue;
  readonly gate: RequestGate;

  constructor(clock: Clock, policy: HttpPolicy) {
    this.queue = new Queue(policy.concurrency);
    this.gate = new RequestGate(clock, policy);
  }
}
