import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** So many TXT records that the answer does not fit into one packet. */
export const manyRecords: Scenario = {
  domain: "many-records.example",
  title: "healthy, with more TXT than a packet holds",
  story:
    "Every service that the company ever tried left a verification record at the domain, and the answer to the question for SPF no longer fits into one UDP packet. The name server cuts it off and says so, and a resolver asks again over TCP. A tool that overlooks that flag reports that the SPF record is missing, some of the time.",
  zone: `
$ORIGIN many-records.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    192.0.2.109
@      TXT  "google-site-verification=mZ0yX1wV2uT3sR4qP5oN6mL7kJ8iH9gF0eD1cB2aA3"
@      TXT  "MS=ms48151623"
@      TXT  "facebook-domain-verification=n0t4r34lv3r1f1c4t10nc0d3x9"
@      TXT  "apple-domain-verification=Xq7Lr2Tn9Wv4Zk1P"
@      TXT  "atlassian-domain-verification=Jf83hsKq02LmZpWx71VbNcRtYuEoAiDg"
@      TXT  "docusign=1b7c0f5e-92d4-4c1a-8f3e-6d2a9b0c4e71"
@      TXT  "adobe-idp-site-verification=4c8e2a6f1d0b9735"
@      TXT  "stripe-verification=9f2e7c41b8d05a63e1c7f4920ab6d358"
@      TXT  "zoom-domain-verification=2b1f9c3e-7a60-4d85-b9e2-0f6c8a1d5e34"
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@many-records.example"
;! truncate @ TXT
${ptr("192.0.2.109", "mx.many-records.example")}
`,
  servers: [
    {
      host: "mx.many-records.example",
      addresses: ["192.0.2.109"],
      dialogue: mailServer({
        host: "mx.many-records.example",
        software: "exchange",
        cert: "mx.many-records.example",
      }),
    },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /arrives$/,
};
