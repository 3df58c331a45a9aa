import { operations } from "../../peers/peer.mts";
import { operationTitles } from "../titles.mts";

/** A row for each vendor and peer, and a column for each operation. */
export const columns = {
  labels: 2,
  header: ["vendor", "", ...operations.map((operation) => operationTitles[operation])],
};
