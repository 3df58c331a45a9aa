import { ApiKeysError } from "../../provider/base/errors";
import { instantText } from "../../provider/base/time";
import { checked, created, failure, ModelEngine } from "../support/lifecycle/modelEngine";
import { refused, weekly } from "../support/lifecycle/overlap";
import { day, ModelWorld } from "../support/lifecycle/world";
import { acme, parse } from "../support/vendor/definitions";

const untilAsked = { body: { expires_at: "{expiresAt}" } };

/**
 * A vendor that gives a key another value, and changes its scopes in place.
 *
 * @param request what the request to rotate says beside the key. Default: until when the key is to work
 */
function rotating(kind: "collection" | "singleton" = "collection", request: object = untilAsked) {
  const { fields, operations, ...rest } = acme();
  const one = "/v1/keys/{keyId}";
  return parse({
    ...rest,
    kind,
    path: "/v1/keys",
    fields: {
      ...fields,
      createdAt: {},
      scopes: { type: "strings", input: "optional" },
      region: { input: "optional" },
      expiresAt: { input: "optional" },
      pin: { secret: true },
    },
    operations: {
      ...(kind === "collection" ? operations : { get: {}, revoke: {} }),
      update: { fields: ["scopes"] },
      rotate: { ...request, ...(kind === "collection" && { path: `${one}/rotate` }) },
    },
  });
}

/** A vendor that lets each new key end after a month, and says nothing of that when it rotates one. */
function endingAfterMonth() {
  const world = new ModelWorld(rotating("collection", {}));
  const { server } = world;
  server.accept = (fields) => ({ ...fields, expiresAt: instantText(world.time + 30 * day) });
  return { engine: new ModelEngine(world), server, world };
}

const versioned = (version: number, more: object = {}) => ({ rotation: { triggers: { version } }, ...more });

describe.each(["collection", "singleton"] as const)(
  "a renewal at a vendor that rotates keys, of a %s,",
  (kind) => {
    // At the place of an only key a colleague's may be by now.
    const requests = [...(kind === "singleton" ? ["get"] : []), "rotate key-1"];

    it("gives the key another value in place, with its id", async () => {
      const { engine, server, world } = await created(rotating(kind), versioned(1));
      const before = engine.outputs;
      expect(await engine.up(versioned(2))).toBe("update");
      expect(server.calls).toEqual(requests);
      expect(engine.outputs).toMatchObject({
        keyId: "key-1",
        value: "canary-value-1+1",
        name: before.name,
        rotatedAt: instantText(world.time),
        status: "active",
      });
      expect(engine.outputs.fingerprint).not.toBe(before.fingerprint);
      expect(await engine.up(versioned(2))).toBe("same");
    });

    it("comes by time, once, and begins another period and another lifetime", async () => {
      const args = { expiresIn: "40d", rotation: { every: "30d" } };
      const { engine, server, world } = await created(rotating(kind), args);
      world.time = Date.parse(String(engine.outputs.dueAt)) + day;
      const now = world.time;
      expect(await engine.up(args)).toBe("update");
      expect(engine.outputs).toMatchObject({
        rotatedAt: instantText(now),
        dueAt: instantText(now + 29 * day),
        expiresAt: instantText(now + 40 * day),
      });
      expect(await engine.up(args)).toBe("same");
      expect(server.calls).toEqual(requests);
    });
  },
);

describe.each(["collection", "singleton"] as const)(
  "a renewal whose answer tells the value alone, of a %s,",
  (kind) => {
    const definition = parse({
      ...acme(),
      kind,
      path: "/v1/keys",
      reusesIds: kind === "collection",
      fields: { ...acme().fields, prefix: {}, createdAt: {} },
      operations: { ...(kind === "singleton" && { get: {} }), rotate: {} },
    });

    it("knows the key again by its new prefix and age, and revokes it", async () => {
      const { engine, server, world } = await created(definition, versioned(1));
      const tellsValueAlone = server.rotate;
      server.rotate = async (...args) => {
        const key = await tellsValueAlone?.(...args);
        if (!key) throw new Error("The model does not rotate.");
        Object.assign(server.key(key.id).fields, {
          prefix: "canary-1+1",
          createdAt: instantText(world.time),
        });
        return { ...key, fields: {} };
      };
      await engine.up(versioned(2));
      expect(await engine.refresh()).toBe("changed");
      expect(engine.outputs).toMatchObject({ keyId: "key-1", prefix: "canary-1+1", status: "active" });
      await engine.destroy();
      expect(server.live).toEqual([]);
    });

    it("knows the key again whose answer was lost, and rotates it once more", async () => {
      const { engine, server } = await created(definition, versioned(1));
      server.rotateFaults = ["lost after commit"];
      const error = await failure(engine.up(versioned(2)));
      expect(error.message).toContain("which rotates the key once more");
      server.key("key-1").fields.prefix = "canary-1+1";
      expect(await engine.refresh()).toBe("changed");
      expect(engine.outputs).toMatchObject({ keyId: "key-1", prefix: "canary-1+1" });
      expect(await engine.up(versioned(2))).toBe("update");
      expect(engine.outputs.value).toBe(server.key("key-1").value);
    });
  },
);

describe("a renewal at a vendor that rotates keys", () => {
  it("wakes an expired key", async () => {
    const args = { expiresIn: "30d" };
    const { engine, server, world } = await created(rotating(), args);
    world.time += 31 * day;
    await engine.refresh();
    expect(engine.outputs.status).toBe("expired");
    expect(await engine.up(args)).toBe("update");
    expect(server.calls).toContain("rotate key-1");
    expect(engine.outputs).toMatchObject({ keyId: "key-1", status: "active" });
    expect(await engine.up(args)).toBe("same");
  });

  it("makes another key where one is to end later and the request to rotate cannot say so", async () => {
    const args = { expiresIn: "90d", rotation: { beforeExpiry: "30d" } };
    const { engine, server, world } = await created(rotating("collection", {}), args);
    world.time += 61 * day;
    expect(await engine.up(args)).toBe("replace");
    expect(server.calls).not.toContain("rotate key-1");
    const { expiresAt } = server.key("key-2").fields;
    expect(engine.outputs.expiresAt).toBe(expiresAt);
    await engine.refresh();
    expect(await engine.up(args)).toBe("same");
  });

  it("makes another key before the vendor's own end of one, where the request to rotate says nothing of it", async () => {
    const args = { rotation: { beforeExpiry: "5d" } };
    const { engine, server, world } = endingAfterMonth();
    await engine.up(args);
    world.time += 26 * day;
    expect(await engine.up(args)).toBe("replace");
    expect(server.live).toEqual(["key-2"]);
  });

  it("rotates without an expiry where none is asked, and keeps the one that the vendor tells", async () => {
    const { engine } = endingAfterMonth();
    await engine.up(versioned(1));
    const { expiresAt } = engine.outputs;
    expect(await engine.up(versioned(2))).toBe("update");
    expect(engine.outputs).toMatchObject({ keyId: "key-1", value: "canary-value-1+1", expiresAt });
  });

  it.each([
    ["own", undefined],
    ["adopted", "key-1"],
  ])(
    "keeps what somebody changed of an %s key to be found and undone, though the answer tells it",
    async (_, adopt) => {
      const world = new ModelWorld(rotating());
      const { server } = world;
      const engine = new ModelEngine(world);
      if (adopt !== undefined) server.issue({}, { name: "theirs", scopes: ["read"] });
      const args = { scopes: ["read"], ...(adopt !== undefined && { adopt }) };
      await engine.up(versioned(1, args));
      await engine.refresh();
      server.key("key-1").fields.scopes = ["all"];
      await engine.up(versioned(2, args));
      expect(engine.warnings.join()).toMatch(/is no longer as it was in: scopes\. Somebody has changed it/);
      expect(engine.outputs).toMatchObject({ value: "canary-value-1+1", scopes: ["read"] });
      expect(await engine.refresh()).toBe("changed");
      expect(await engine.up(versioned(2, args))).toBe("update");
      expect(server.key("key-1").fields.scopes).toEqual(["read"]);
    },
  );

  it("makes another key with overlap, beside which the old one stays valid", async () => {
    const { engine, server } = await created(rotating(), weekly(1));
    expect(await engine.up(weekly(2))).toBe("update");
    expect(server.live).toEqual(["key-1", "key-2"]);
    expect(server.calls).not.toContain("rotate key-1");
  });

  it("makes another key where a field changed too that nothing changes in place", async () => {
    const { engine, server } = await created(rotating(), versioned(1, { region: "eu" }));
    expect(await engine.up(versioned(2, { region: "us" }))).toBe("replace");
    expect(server.live).toEqual(["key-2"]);
  });

  it("changes first what changed, and rotates then", async () => {
    const { engine, server } = await created(rotating(), versioned(1, { scopes: ["read"] }));
    expect(await engine.up(versioned(2, { scopes: ["write"] }))).toBe("update");
    expect(server.calls).toEqual(["update scopes of key-1", "rotate key-1"]);
    expect(engine.outputs).toMatchObject({ scopes: ["write"], value: "canary-value-1+1" });
    expect(await engine.up(versioned(2, { scopes: ["write"] }))).toBe("same");
  });

  it("that is refused after the change keeps the change, and is still owed", async () => {
    const { engine, server } = await created(rotating(), versioned(1, { scopes: ["read"] }));
    server.rotateFaults = [refused];
    expect((await failure(engine.up(versioned(2, { scopes: ["write"] })))).code).toBe("PARTIAL_SUCCESS");
    expect(engine.outputs).toMatchObject({ scopes: ["write"], value: "canary-value-1" });
    server.calls.length = 0;
    expect(await engine.up(versioned(2, { scopes: ["write"] }))).toBe("update");
    expect(server.calls).toEqual(["rotate key-1"]);
  });

  it("whose answer is lost says what that means, sends nothing again, and is made good by the next up", async () => {
    const { engine, server } = await created(rotating(), versioned(1));
    server.rotateFaults = ["lost after commit"];
    const error = await failure(engine.up(versioned(2)));
    expect(error.code).toBe("OUTCOME_UNKNOWN");
    expect(error.message).toBe(
      'It is not known whether the Acme key "ci-0000001" has another value now: The connection broke before the answer came. ' +
        "If it has, the value in state no longer works, and nobody knows the new one. Run `pulumi up` again, which rotates the key once more.",
    );
    expect(server.calls.filter((call) => call.startsWith("rotate"))).toEqual(["rotate key-1"]);
    expect(engine.outputs.value).toBe("canary-value-1");
    expect(await engine.up(versioned(2))).toBe("update");
    expect(engine.outputs.value).toBe(server.key("key-1").value);
  });

  it("whose answer is lost, and with it another id, leaves no key that nobody knows the value of", async () => {
    const { engine, server } = await created(rotating(), versioned(1));
    server.rotatesToAnotherId = true;
    server.rotateFaults = ["lost after commit"];
    const error = await failure(engine.up(versioned(2)));
    expect(error.message).toContain(
      "Key key-1-again, which came of it and whose value nobody knows, was revoked. Run `pulumi up` again, which makes another.",
    );
    expect(server.live).toEqual([]);
    await engine.up(versioned(2));
    expect(server.live).toEqual([engine.outputs.keyId]);
    expect(engine.outputs.value).toBe(server.key(String(engine.outputs.keyId)).value);
    expect(await engine.up(versioned(2))).toBe("same");
  });

  it("whose answer is lost, and with it another id under a name that others may bear, tells of it and revokes nothing", async () => {
    const args = { name: "billing" };
    const { engine, server } = await created(rotating(), versioned(1, args));
    server.rotatesToAnotherId = true;
    server.rotateFaults = ["lost after commit"];
    const error = await failure(engine.up(versioned(2, args)));
    expect(error.message).toContain("Key key-1-again is there under its name. It was not revoked");
    expect(server.live).toEqual(["key-1-again"]);
    await engine.up(versioned(2, args));
    expect(server.live).toEqual(["key-1-again", engine.outputs.keyId]);
  });

  it("whose answer is lost, and with it another id that cannot be revoked, says so and how to revoke it", async () => {
    const { engine, server } = await created(rotating(), versioned(1));
    server.rotatesToAnotherId = true;
    server.rotateFaults = ["lost after commit"];
    server.failing.revoke = new ApiKeysError("HTTP_PROBLEM", "HTTP 403.");
    const { code, message } = await failure(engine.up(versioned(2)));
    expect(code).toBe("OUTCOME_UNKNOWN");
    expect(message).toContain("Key key-1-again has appeared under its name");
    expect(message).toContain("could not be revoked: HTTP 403. Revoke it at the vendor");
    expect(message).not.toContain("could not be looked for");
  });

  it("takes over what else the vendor shows once, and keeps it where it is not shown again", async () => {
    const { engine, server, world } = await created(rotating(), versioned(1));
    const rotate = server.rotate;
    if (!rotate) throw new Error("The model does not rotate.");
    server.rotate = async (...args) => {
      const key = await rotate(...args);
      return { ...key, fields: { ...key.fields, pin: "pin-of-the-second" } };
    };
    await engine.up(versioned(2));
    expect(engine.outputs.pin).toBe("pin-of-the-second");
    server.rotate = rotate;
    world.time += day;
    await engine.up(versioned(3));
    expect(engine.outputs.pin).toBe("pin-of-the-second");
  });

  it("keeps the value through a mistake of ours that follows the answer", async () => {
    const { engine, server } = await created(rotating(), versioned(1));
    const rotate = server.rotate;
    if (!rotate) throw new Error("The model does not rotate.");
    server.rotate = async (...args) => ({
      ...(await rotate(...args)),
      get fields(): never {
        throw new TypeError("a mistake");
      },
    });
    expect((await failure(engine.up(versioned(2)))).code).toBe("PARTIAL_SUCCESS");
    expect(engine.outputs).toMatchObject({ value: "canary-value-1+1", keyId: "key-1" });
    server.calls.length = 0;
    await engine.up(versioned(2));
    expect(server.calls).toEqual([]);
  });

  it("gives the value of an adopted key that nobody had", async () => {
    const definition = rotating();
    const bench = await created(definition, versioned(1));
    const { id } = bench.server.issue({}, { name: "by hand" });
    const adopting = (version: number) => versioned(version, { adopt: id, name: "by hand" });
    await bench.engine.destroy();
    await bench.engine.up(adopting(1));
    expect(bench.engine.outputs).toMatchObject({ keyId: id, valueAvailable: false });
    expect(await bench.engine.up(adopting(2))).toBe("update");
    expect(bench.engine.outputs).toMatchObject({ keyId: id, value: "canary-value-2+1" });
    expect(bench.engine.outputs).not.toHaveProperty("valueAvailable");
    expect(await bench.engine.up(adopting(2))).toBe("same");
  });

  it("makes another key in the place of one that was revoked", async () => {
    const { fields, ...rest } = acme();
    const definition = parse({
      ...rest,
      fields: { ...fields, active: {} },
      operations: { ...rest.operations, rotate: { path: "/v1/keys/{keyId}/rotate" } },
    });
    const { engine, server } = await created(definition);
    server.key("key-1").fields.active = false;
    await engine.refresh();
    expect(await engine.up()).toBe("replace");
    expect(server.calls).not.toContain("rotate key-1");
  });

  it("is shown by a plan as another date, with what it does to whatever uses the key", async () => {
    const bench = await created(rotating(), versioned(1));
    const { inputs, warnings } = checked(bench, versioned(2));
    expect(inputs.rotatedAt).toBe(instantText(bench.world.time));
    expect(inputs).not.toHaveProperty("generation");
    expect(warnings).toEqual([
      'acme.ApiKey "ci": an Acme key is renewed by giving it another value: whatever uses it fails until it has the new one.',
    ]);
  });
});

it("a list that lags behind a renewal of ours, and shows the prefix before, tells of no rotation by somebody else", async () => {
  const { operations, fields, ...rest } = acme();
  const definition = parse({
    ...rest,
    path: "/v1/keys",
    fields: { ...fields, prefix: {} },
    operations: { ...operations, rotate: {} },
  });
  const { engine, server, world } = await created(definition, versioned(1));
  const { prefix: before } = server.key("key-1").fields;
  const rotate = server.rotate;
  server.rotate = async (...args) => {
    const key = await rotate?.(...args);
    if (!key) throw new Error("The model does not rotate.");
    server.key("key-1").fields.prefix = "canary-value-1+";
    return { ...key, fields: { ...key.fields, prefix: "canary-value-1+" } };
  };
  await engine.up(versioned(2));
  const caughtUpMs = world.time + 9_000;
  server.tell = (told) => (world.time < caughtUpMs ? { ...told, prefix: before } : told);
  await engine.refresh();
  expect(engine.warnings).toEqual([]);
  expect(engine.outputs).toMatchObject({ status: "active", prefix: "canary-value-1+" });
  expect(await engine.up(versioned(2))).toBe("same");
});
