import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { enginePeers, type Operation, type PeerName } from "./peers/peer.mts";
import type { Traffic } from "./vendor/protocol.mts";

/** The situation of a cell. */
export interface CellKey {
  readonly peer: PeerName;
  readonly keys: number;
  readonly latencyMs: number;
  /** Requests a second beyond which the vendor answers 429; `null` for no limit. */
  readonly limitPerSecond: number | null;
  /** Whether the engine writes the state at each step, its default, or at the end only. */
  readonly checkpoints: boolean;
}

/** One operation with all its repetitions. Counts are those of the last one. */
export interface Measured extends Traffic {
  readonly wallMs: readonly number[];
  /** The highest of all repetitions, where the system shows it. */
  readonly peakMemoryBytes?: number;
}

export interface Cell extends CellKey {
  /** Size of the state on disk after `up`. */
  readonly stateBytes?: number;
  readonly operations: Partial<Record<Operation, Measured>>;
  /** Why something is missing: a sentence. */
  readonly missing?: string;
}

/** What is measured once, whatever the number of keys. */
export interface Loading {
  /** Milliseconds of a Node.js process that loads what Pulumi's dynamic provider loads, and what our part adds. */
  readonly providerProcessMs: { readonly empty: number; readonly ours: number };
  /** Milliseconds to type-check a program that imports only the SDK, and what our part adds. */
  readonly typeCheckMs: { readonly empty: number; readonly ours: number };
}

/** One of the engine's settings, and the time of a first `up` under it. */
export interface EngineSetting {
  readonly title: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly upMs: number;
}

/** What a user can set, measured on this number of our keys. */
export interface Settings {
  readonly keys: number;
  readonly latencyMs: number;
  readonly engine: readonly EngineSetting[];
  /** How often the engine wrote the state in a first `up`. */
  readonly checkpoints: number;
}

export interface Results {
  readonly measuredAt: string;
  readonly machine: {
    readonly cpus: number;
    readonly model: string;
    readonly node: string;
    readonly pulumi: string;
  };
  readonly loading?: Loading;
  readonly settings?: Settings;
  readonly cells: readonly Cell[];
}

/** The cell of a peer in a situation, without the parts that make no difference to the peer. */
export function cellKeyOf({ peer, keys, latencyMs, limitPerSecond, checkpoints }: CellKey): CellKey {
  const sends = peer !== "floor";
  return {
    peer,
    keys,
    latencyMs: sends ? latencyMs : 0,
    limitPerSecond: sends ? limitPerSecond : null,
    // Only the engine writes checkpoints.
    checkpoints: checkpoints || !enginePeers.includes(peer),
  };
}

export function isSameCell(one: CellKey, other: CellKey): boolean {
  return (
    one.peer === other.peer &&
    one.keys === other.keys &&
    one.latencyMs === other.latencyMs &&
    one.limitPerSecond === other.limitPerSecond &&
    one.checkpoints === other.checkpoints
  );
}

/** @returns undefined where there is no such file */
export function readResults(file: string): Results | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Results) : undefined;
}

export function writeResults(file: string, results: Results): void {
  writeFileSync(file, resultsText(results));
}

/** As JSON with a line for each cell, so that a new measurement of one shows as a change of one line. */
function resultsText({ cells, ...once }: Results): string {
  const head = Object.entries(once).map(([name, value]) => `  ${JSON.stringify(name)}: ${rounded(value)},\n`);
  const lines = cells.map((cell) => `    ${rounded(cell)}`);
  return `{\n${head.join("")}  "cells": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/** To hundredths: a clock tells more digits than a second measurement would give again. */
function rounded(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === "number" ? Math.round(part * 100) / 100 : part,
  );
}

/** @returns undefined for what was not measured */
export function medianMs(measured: Measured | undefined): number | undefined {
  return median(measured?.wallMs ?? []);
}

/** @returns undefined for no values */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
