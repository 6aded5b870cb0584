import { known } from "../../../src/core/fact.ts";
import { smtpExtensionsAfterTls } from "../../../src/checks/smtp/extensions-after-tls.ts";
import { testCheck } from "../../kit/check.ts";
import { announced, evidenceOf, hello, outOfTime, tls } from "../../kit/evidence.ts";

const lists = (before: readonly string[], after: readonly string[]) =>
  evidenceOf(
    hello({
      extensions: announced("STARTTLS", ...before),
      extensionsAfterTls: announced(...after),
    }),
  );

testCheck(smtpExtensionsAfterTls, import.meta.url, {
  pass: [
    ["the same", lists(["SIZE 52428800", "8BITMIME"], ["8BITMIME", "SIZE 52428800"])],
    ["AUTH appears", lists([], ["AUTH PLAIN"])],
    ["harmless ones vanish", lists(["PIPELINING", "VRFY", "ETRN"], [])],
    ["the limit grows", lists(["SIZE 1000000"], ["SIZE 52428800"])],
    ["the limit is no longer stated", lists(["SIZE 52428800"], ["SIZE 0"])],
  ],
  problems: {
    fewer: [
      ["8BITMIME vanishes", lists(["8BITMIME"], [])],
      ["the limit shrinks", lists(["SIZE 52428800"], ["SIZE 10240000"])],
      ["a limit appears", lists(["SIZE"], ["SIZE 10240000"])],
    ],
  },
  inconclusive: [["no second list", evidenceOf(hello({ extensionsAfterTls: outOfTime }))]],
  notApplicable: [
    ["implicit TLS", evidenceOf(hello({ tls: known(tls({ mode: "implicit" })) }, { port: 465 }))],
  ],
});
