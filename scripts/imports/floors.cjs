/**
 * The rooms of `provider/`, from those who use to those who are used. No room imports one that stands above it or beside
 * it. .dependency-cruiser.cjs makes rules of it, and CONTRIBUTING.md's picture is drawn from it.
 */
module.exports = [
  ["host", "lookup"],
  ["lifecycle"],
  ["api"],
  ["auth"],
  ["definition"],
  ["connection"],
  ["http", "rotation"],
  ["redaction", "json", "vendor.ts"],
  ["base"],
];
