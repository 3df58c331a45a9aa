import type { Clock } from "../base/clock";
import { Gate } from "./gate";
import type { HttpPolicy } from "./policy";
import { Queue } from "./queue";

/** What keeps all requests of one connection within bounds, whichever client sends them. */
export class Throttle {
  readonly queue: Queue;
  readonly gate: Gate;

  constructor(clock: Clock, policy: HttpPolicy) {
    this.queue = new Queue(policy.concurrency);
    this.gate = new Gate(clock, policy);
  }
}
