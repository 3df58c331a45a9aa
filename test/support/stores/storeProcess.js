/** Uses the built stores in a process of its own, as its parent asks: some libraries cannot be loaded within Jest. */
const { ConfiguredStores } = require("../../../dist/provider/delivery/configuredStores.js");

const stores = new ConfiguredStores(process.env.TEST_STORES_CONFIG, process.env);

process.on("message", async ({ id, target, act, args }) => {
  try {
    const store = await stores.open(target);
    const value = act === "label" ? store.label : await store[act](...args);
    process.send({ id, value });
  } catch (error) {
    process.send({ id, failure: { name: error.name, code: error.code, message: error.message } });
  }
});
