import { managedKeys } from "../../../cli/audit/managedKeys";
import { managedPlaces } from "../../../cli/audit/managedPlaces";
import { auditPlace } from "../../../cli/audit/place";
import { resourceType } from "../../../provider/base/resourceType";
import { Connections } from "../../../provider/connection/connections";
import { created } from "../../support/lifecycle/modelEngine";
import { xentree } from "../../support/vendor/definitions";

/** What an audit says of a stack with one key, whose vendor has moved. */
async function audited(change: (key: { fields: Record<string, unknown> }) => void) {
  const { world, engine, server } = await created(xentree);
  const setting = { baseUrl: "https://new.example", movedFrom: "https://vendor.example", token: "t" };
  world.connections = new Connections(JSON.stringify({ xentree: setting }), {});
  server.origin = "https://new.example";
  change(server.key("key-1"));
  const urn = `urn:pulumi:dev::project::${resourceType}::ci`;
  const keys = managedKeys({ resources: [{ urn, type: resourceType, outputs: engine.outputs }] } as never);
  const { places, failures } = managedPlaces([{ operation: world, keys }]);
  expect(failures).toEqual([]);
  const limits = { expiringBeforeMs: 0, unusedSinceMs: 0 };
  return Promise.all(places.map((place) => auditPlace(place, limits, true)));
}

describe("an audit of keys whose vendor has moved", () => {
  it("takes a key for managed that is told from others at the new host", async () => {
    const [place] = await audited(() => {});
    expect(place?.failure).toBeUndefined();
    expect(place?.audited).toMatchObject([{ ownership: "managed", findings: [] }]);
  });

  it("takes no stranger's key for it that has its id there", async () => {
    const [place] = await audited(({ fields }) =>
      Object.assign(fields, { name: "payments", prefix: "theirs-9", createdAt: "2024-01-01T00:00:00Z" }),
    );
    expect(place?.failure).toMatch(/^The Xentree key "ci-0000001" \(key-1\) was created at .+ another key/);
    expect(place?.audited).toEqual([]);
  });
});
