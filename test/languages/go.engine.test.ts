import { wholeLife } from "../support/languages/wholeLife";

wholeLife("go");
