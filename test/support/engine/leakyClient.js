const path = require("node:path");

// Loaded into each Node.js of a run by --require: an HTTP client with the mistakes by which secrets get out, each of
// which prints the environment's CANARY.
const client = require(path.join(__dirname, "..", "..", "..", "dist", "provider", "http", "client.js"));
const canary = process.env.CANARY;
client.HttpClient.prototype.send = async () => {
  console.log(`logged ${canary}`);
  console.error("reported", { token: canary });
  process.stderr.write(`written ${Buffer.from(`user:${canary}`).toString("base64")}\n`);
  Promise.reject(new Error(`forgotten ${canary}`));
  throw new RangeError(`thrown ${canary}`);
};
