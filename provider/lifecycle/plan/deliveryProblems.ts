import { hasUnknown, unknownValue } from "../../base/unknown";
import { templatedNames } from "../../definition/templates";
import { fieldParts, placeOf, valuePart } from "../../delivery/fields";
import type { OperationContext } from "../context";
import { asSentence } from "../sentence";
import { keepsValue, targetsOf } from "../state/deliveries";
import type { KeyInputs } from "../state/key";
import { partNames } from "./deliveries";

/** What a program asks of deliveries that cannot be kept together, whatever the stores are. */
export function deliveryContradictions(inputs: KeyInputs): string[] {
  const targets = targetsOf(inputs);
  const { adopt, adoptValue, valueInState, encryptTo, onLostDelivery, deliver } = inputs;
  const problems: string[] = [];
  const isDelivered = targets.length > 0 || deliver !== undefined || encryptTo !== undefined;
  if (valueInState === false && !isDelivered) {
    problems.push(
      "valueInState: false leaves the value nowhere; say where it goes with deliver or encryptTo",
    );
  }
  if (valueInState === false && typeof adoptValue === "string") {
    problems.push(
      "adoptValue would be in the state, which valueInState: false forbids; adopt the key without it",
    );
  }
  if (typeof adopt === "string" && adoptValue === undefined && isDelivered) {
    problems.push(
      "no vendor tells the value of a key that exists, so an adopted one is delivered only with adoptValue",
    );
  }
  if (typeof onLostDelivery === "string" && !isDelivered) {
    problems.push("onLostDelivery says what becomes of a lost delivery, so deliver is missing");
  }
  return [...problems, ...identityProblems(inputs), ...repeatedPlaces(inputs), ...unknownParts(inputs)];
}

/** A vendor whose requests name a key by its value needs it to revoke the key. */
function identityProblems(inputs: KeyInputs): string[] {
  if (keepsValue(inputs)) return [];
  const { title, operations, fields } = inputs.service.definition;
  const requests = [
    operations.revoke,
    operations.remove,
    operations.get,
    operations.rotate,
    ...operations.update,
  ];
  const isNamedByValue = requests.some(
    (request) => request !== undefined && templatedNames(request).has(valuePart),
  );
  const created = fields.id?.wire.created;
  const isItsOwnId =
    typeof created === "object" &&
    "field" in created &&
    created.field === valuePart &&
    created.digest !== true &&
    created.part === undefined;
  return isNamedByValue || isItsOwnId
    ? [
        `${title} names a key by its value, without which it could not be revoked, so valueInState: false cannot be kept`,
      ]
    : [];
}

function repeatedPlaces(inputs: KeyInputs): string[] {
  const places = targetsOf(inputs).map(placeOf);
  const repeated = places.findIndex((place, index) => places.indexOf(place) !== index);
  return repeated === -1
    ? []
    : [
        `deliver[${repeated}] names a place that another delivery names; write several fields to one place with fields`,
      ];
}

function unknownParts(inputs: KeyInputs): string[] {
  const names = partNames(inputs);
  return targetsOf(inputs).flatMap((target, index) =>
    [...fieldParts(target)].flatMap(([field, part]) =>
      part === "previousValue" || names.includes(part)
        ? []
        : [
            `deliver[${index}].fields.${field} names ${JSON.stringify(part)}, and a key has ${names.join(", ")}`,
          ],
    ),
  );
}

/** What is wrong with each delivery by itself, which the code of its store knows. */
export async function deliveryProblems(operation: OperationContext, inputs: KeyInputs): Promise<string[]> {
  const { service, encryptTo, deliver } = inputs;
  const targets = targetsOf(inputs);
  const isMalformed =
    deliver !== undefined &&
    deliver !== unknownValue &&
    targets.length < deliver.length &&
    !hasUnknown(deliver);
  const valueInState = keepsValue(inputs);
  const problems = [
    ...(isMalformed ? ["deliver must be a list of places, each with its store"] : []),
    ...(targets.length > 0 ? await operation.stores.problems(targets, { valueInState }) : []),
  ];
  for (const recipient of Array.isArray(encryptTo) ? encryptTo : []) {
    if (typeof recipient !== "string" || (await operation.stores.isRecipient(recipient))) continue;
    problems.push('encryptTo must name recipients: "age1…", or armored OpenPGP public keys');
  }
  return problems.map((problem) => asSentence(service.name, problem));
}
