// The guide "Tags for any page": its programs are run in a page by tests/browser/docs-guides.spec.js; here only that none is
// left out.

import { openGuide } from "../../support/guide.js";

openGuide("element").lastTest();
