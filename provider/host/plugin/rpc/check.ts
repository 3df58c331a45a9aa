import { CheckFailure, CheckRequest, CheckResponse } from "@pulumi/pulumi/proto/provider_pb";
import { engineUnknown, unknownValue } from "../../../base/unknown";
import { looksMadeUp } from "../../../lifecycle/state/madeUpName";
import { redact } from "../../../redaction/redactor";
import { cutShortNotice } from "../../createJournal";
import type { Bag } from "../../engineProperties";
import { deliveryProblems, check as judge } from "../../resource";
import { received, structOf } from "../propertyStruct";
import { KeyProperties, type Session } from "../session";

const { Mode } = CheckRequest.AutonamingOptions;

/** Judges what a program asks, and gives the key a name and its dates. */
export async function check(session: Session, request: CheckRequest): Promise<CheckResponse> {
  const response = new CheckResponse();
  const given = received(request.getNews()).properties;
  if (given.fields === engineUnknown) {
    response.setInputs(request.getNews());
    return response;
  }
  const key = new KeyProperties(session.keyType(request.getType()));
  const news = key.in(request.getNews(), true);
  const olds = key.in(request.getOlds());
  const naming = request.getAutonaming();
  const operation = session.operationFor(naming?.getProposedName() ?? "", request.getRandomseed_asU8());
  const checked = judge(operation, withoutNothing(olds), {
    logicalName: request.getName(),
    ...news,
    ...configuredName(naming, olds, news),
  });
  const failures = [
    ...checked.failures,
    ...(await deliveryProblems(operation, checked.inputs)),
    ...(isNameMissing(naming, olds, news)
      ? ["name is missing: the config `pulumi:autonaming` has names given by the program"]
      : []),
  ];
  const unfinished = await operation.memory.creates.unfinished();
  const cutShort = unfinished.map((name) => ({
    severity: "warning" as const,
    message: cutShortNotice(name),
  }));
  await Promise.all([session.show(cutShort), session.show(checked.warnings, request.getUrn())]);
  response.setInputs(structOf(key.out(checked.inputs)));
  response.setFailuresList(
    failures.map((reason) => {
      const failure = new CheckFailure();
      // With a property named, the engine would print its value, even a secret one.
      failure.setReason(redact(reason));
      return failure;
    }),
  );
  return response;
}

/** The service that a type adds makes no old inputs of none. */
function withoutNothing(olds: Bag): Bag {
  return Object.keys(olds).some((name) => name !== "service" && name !== "definition") ? olds : {};
}

/** A name that the stack's config makes for every resource, in the place of one that we would make up. */
function configuredName(naming: CheckRequest.AutonamingOptions | undefined, olds: Bag, news: Bag): Bag {
  if (naming === undefined || news.name !== undefined || olds.name !== undefined) return {};
  const proposed = naming.getProposedName();
  const isOurs = naming.getMode() === Mode.PROPOSE && looksMadeUp(proposed);
  return proposed === "" || isOurs ? {} : { name: proposed };
}

function isNameMissing(naming: CheckRequest.AutonamingOptions | undefined, olds: Bag, news: Bag): boolean {
  const isGiven = [olds.name, news.name].some((name) => typeof name === "string" || name === unknownValue);
  return naming?.getMode() === Mode.DISABLE && !isGiven;
}
