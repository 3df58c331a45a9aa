/**
 * The rooms of `provider/`, floor by floor. A room imports rooms on floors below its own, and none above or beside it.
 * .dependency-cruiser.cjs makes rules from this, and docs/rooms.svg is drawn from it.
 */
module.exports = [
  ["host"],
  ["lookup"],
  ["lifecycle"],
  ["api", "delivery"],
  ["auth"],
  ["definition"],
  ["connection"],
  ["http", "rotation"],
  ["redaction", "json", "vendor.ts"],
  ["base"],
];
