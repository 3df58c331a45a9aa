import { wholeLife } from "../support/languages/wholeLife";

wholeLife("yaml");
