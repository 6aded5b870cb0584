import { spfAllPermissive } from "../../../src/checks/spf/all-permissive.ts";
import { testCheck } from "../../kit/check.ts";
import { evidenceOf, servfail, spf } from "../../kit/evidence.ts";

testCheck(spfAllPermissive, import.meta.url, {
  pass: [
    ["-all", evidenceOf(spf())],
    ["~all", evidenceOf(spf(["v=spf1 include:_spf.example.net ~all"]))],
    ["a redirect", evidenceOf(spf(["v=spf1 redirect=_spf.example.net"]))],
    ["no mail at all", evidenceOf(spf(["v=spf1 -all"]))],
  ],
  problems: {
    "pass-all": [
      ["+all", evidenceOf(spf(["v=spf1 mx +all"]))],
      ["all without qualifier", evidenceOf(spf(["v=spf1 ALL"]))],
      ["all addresses", evidenceOf(spf(["v=spf1 ip4:0.0.0.0/0 -all"]))],
    ],
    neutral: [["?all", evidenceOf(spf(["v=spf1 mx ?all"]))]],
    "no-all": [
      ["no end", evidenceOf(spf(["v=spf1 mx a"]))],
      ["nothing", evidenceOf(spf(["v=spf1"]))],
    ],
  },
  unaffected: [
    ["a record that cannot be read", evidenceOf(spf(["v=spf1 ip:x +all"]))],
    ["text after -all", evidenceOf(spf(["v=spf1 -all +all"]))],
  ],
  inconclusive: [["SERVFAIL", evidenceOf(spf([], { records: servfail }))]],
  notApplicable: [["none", evidenceOf(spf([]))]],
});
