import { dmarcSyntax } from "../../../src/checks/dmarc/syntax.ts";
import { testCheck } from "../../kit/check.ts";
import { dmarc, evidenceOf, servfail } from "../../kit/evidence.ts";

testCheck(dmarcSyntax, import.meta.url, {
  pass: [
    [
      "a full record",
      evidenceOf(
        dmarc(["v=DMARC1; p=quarantine; sp=reject; np=reject; psd=n; t=n; adkim=s; fo=1:d"]),
      ),
    ],
    ["old and unknown tags", evidenceOf(dmarc(["v=DMARC1;p=reject;pct=50;ri=3600;xnote=hello;"]))],
  ],
  problems: {
    syntax: [
      ["a misspelt policy", evidenceOf(dmarc(["v=DMARC1; p=rejct"]))],
      ["a bare address", evidenceOf(dmarc(["v=DMARC1; p=none; rua=postmaster@example.com"]))],
    ],
  },
  inconclusive: [["SERVFAIL", evidenceOf(dmarc([], { records: servfail, foundAt: servfail }))]],
  notApplicable: [["none", evidenceOf(dmarc([]))]],
});
