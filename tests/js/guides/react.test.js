// The guide "React": its components are run in a page by tests/browser/docs-guides.spec.js; here only that none is left out.

import { openGuide } from "../../support/guide.js";

openGuide("react").lastTest();
