const path = require("node:path");

// Loaded into each Node.js of a run by --require: our own recording of what a vendor says of a key fails.
const recording = require(
  path.join(__dirname, "..", "..", "..", "dist", "provider", "lifecycle", "state", "mergeRemote.js"),
);
recording.mergeRemote = (_definition, _inputs, key) => {
  throw new TypeError(`cannot record ${JSON.stringify(key)}`);
};
