import { z } from "zod";
import { fieldParts, valuePart } from "../fields";
import { nonEmpty, type StoreKind, targetWithFields } from "../kind";
import type { KubernetesTarget } from "../targets";
import { clusterOf, type KubernetesSettings, settings } from "./kubernetesCluster";
import { KubernetesSecret } from "./kubernetesSecret";

/** What names of objects may be. */
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
/** What keys of a Secret's data may be. */
const dataKey = /^[-._a-zA-Z0-9]{1,253}$/;

/**
 * A Kubernetes Secret, by server-side apply: the cluster knows which fields are ours, and lets nobody take them unasked.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export const kubernetes: StoreKind<KubernetesTarget, KubernetesSettings> = {
  title: "Kubernetes",
  target: targetWithFields({
    store: z.literal("kubernetes"),
    namespace: nonEmpty.regex(label, 'must be the name of a namespace, such as "ci"').optional(),
    name: nonEmpty.max(253).regex(subdomain, 'must be the name of a Secret, such as "xentree"'),
    type: nonEmpty.optional(),
    context: nonEmpty.optional(),
  }).superRefine((target, context) => {
    for (const name of fieldParts({ ...target }).keys()) {
      if (dataKey.test(name)) continue;
      const message = `has a field ${JSON.stringify(name)}, which cannot be a key of a Secret: only letters, digits, -, _ and . can`;
      context.addIssue({ code: "custom", message });
    }
  }) as unknown as z.ZodType<KubernetesTarget>,
  settings,
  readsBack: true,
  async open(target, surroundings) {
    const context = target.context ?? surroundings.settings.context;
    const { client, namespace } = await surroundings.shared(`cluster ${context ?? ""}`, () =>
      clusterOf(surroundings, context),
    );
    const parts = [...fieldParts({ ...target })];
    return new KubernetesSecret(client, {
      namespace: target.namespace ?? namespace,
      name: target.name,
      type: target.type,
      fields: parts.map(([name]) => name),
      values: parts.flatMap(([name, part]) => (part === valuePart ? [name] : [])),
    });
  },
};
