import { spfSyntax } from "../../../src/checks/spf/syntax.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, servfail, spf } from "../../kit/evidence.ts";

testCheck(spfSyntax, import.meta.url, {
  pass: [
    ["a plain record", evidenceOf(spf())],
    [
      "macros and an unknown modifier",
      evidenceOf(spf(["v=spf1 exists:%{i}._spf.%{d} x-note=hello ~all "])),
    ],
  ],
  problems: {
    syntax: [
      ["an unknown mechanism", evidenceOf(spf(["v=spf1 ip:192.0.2.1 -all"]))],
      ["a bad address", evidenceOf(spf(["v=spf1 ip4:192.0.2.256 -all"]))],
    ],
  },
  unaffected: [
    ["two records are another matter", evidenceOf(spf(["v=spf1 ip:1 -all", "v=spf1 -all"]))],
  ],
  inconclusive: [["SERVFAIL", evidenceOf(spf([], { records: servfail }))]],
  notApplicable: [["none", evidenceOf(spf([]))]],
});
