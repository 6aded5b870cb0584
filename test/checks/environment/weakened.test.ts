import { environmentWeakened } from "../../../src/checks/environment/weakened.ts";
import { testCheck } from "../../kit/check.ts";
import { environment, evidenceOf, observed } from "../../kit/evidence.ts";

testCheck(environmentWeakened, import.meta.url, {
  pass: [["nothing set", evidenceOf(environment())]],
  problems: {
    weakened: [
      [
        "verification off",
        evidenceOf(environment({ weakened: ["NODE_TLS_REJECT_UNAUTHORIZED=0"] })),
      ],
    ],
  },
  inconclusive: [
    ["interrupted", evidenceOf(observed("environment", {}, null, { skipReason: "aborted" }))],
  ],
});
