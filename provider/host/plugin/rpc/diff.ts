import { isDeepStrictEqual } from "node:util";
import { type DiffRequest, DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import type { PropertyChange } from "../../../lifecycle";
import { isDerivedInput } from "../../../lifecycle/state/properties";
import { diff as planOf } from "../../resource";
import { KeyProperties, type Session } from "../session";

const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;

/** What an update owes, property by property. Sends nothing. */
export async function diff(session: Session, request: DiffRequest): Promise<DiffResponse> {
  const key = new KeyProperties(session.keyType(request.getType()));
  const outputs = key.in(request.getOlds(), true);
  const oldInputs = key.in(request.getOldInputs());
  const inputs = key.in(request.getNews());
  const plan = planOf(session.operation, outputs, inputs);
  // Before the update that they speak of is asked for.
  await session.show(plan.notices, request.getUrn());
  const changes = session.imported.has(request.getUrn()) ? withoutRecords(plan.changes) : plan.changes;
  const response = new DiffResponse();
  response.setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDeletebeforereplace(plan.deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  const tell = (property: string, replaces: boolean): void => {
    const path = pathOf(property, key);
    const isInput = oldInputs[property] !== undefined || inputs[property] !== undefined;
    const before = isInput ? oldInputs[property] : outputs[property];
    const shown = new PropertyDiff();
    shown.setInputdiff(isInput);
    shown.setKind(kindOf(before, isInput ? inputs[property] : true, replaces));
    response.addDiffs(path);
    if (replaces) response.addReplaces(path);
    response.getDetaileddiffMap().set(path, shown);
  };
  for (const { property, kind } of changes) if (!isBookkeeping(property)) tell(property, kind === "replace");
  // What an update does to the schedule is why it is due, or what comes of it.
  const isRenewed = changes.some(({ why }) => why !== "record" && why !== "unfinished" && why !== "delivery");
  const dates = Object.keys({ ...oldInputs, ...inputs }).filter(
    (name) =>
      (isRenewed ? isDerivedInput(name) : name === "dueAt" || name === "previousRevokeAt") &&
      !isDeepStrictEqual(oldInputs[name], inputs[name]),
  );
  const told = new Set(changes.map(({ property }) => property));
  if (changes.length > 0) for (const name of dates) if (!told.has(name)) tell(name, false);
  return response;
}

/** What only our records lack is written down by the next update: to import a key is not to update it. */
function withoutRecords(changes: readonly PropertyChange[]): readonly PropertyChange[] {
  return changes.filter(({ why }) => why !== "record" && why !== "delivery");
}

/** What state notes for itself says nothing to a person. */
function isBookkeeping(property: string): boolean {
  return property === "asked" || property === "unsettledSince";
}

/** Where a program has a property: of a service that it declares, in `fields`. */
function pathOf(property: string, key: KeyProperties): string {
  return Object.hasOwn(key.out({ [property]: true }), property) ? property : `fields.${property}`;
}

function kindOf(
  before: unknown,
  now: unknown,
  replaces: boolean,
): PropertyDiff["getKind"] extends () => infer K ? K : never {
  if (before === undefined) return replaces ? ADD_REPLACE : ADD;
  if (now === undefined) return replaces ? DELETE_REPLACE : DELETE;
  return replaces ? UPDATE_REPLACE : UPDATE;
}
