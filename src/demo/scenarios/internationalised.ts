import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** A domain name beyond ASCII. */
export const internationalised: Scenario = {
  domain: "xn--mnchen-3ya.example",
  title: "healthy, under the name münchen.example",
  story:
    "On paper the domain is münchen.example; in the DNS, in MX records and in certificates it is xn--mnchen-3ya.example, because there only ASCII travels. People type the one, machines the other, and maildoctor takes both: maildoctor demo münchen.example is the same domain.",
  zone: `
$ORIGIN xn--mnchen-3ya.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    192.0.2.107
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@xn--mnchen-3ya.example"
${ptr("192.0.2.107", "mx.xn--mnchen-3ya.example")}
`,
  servers: [
    {
      host: "mx.xn--mnchen-3ya.example",
      addresses: ["192.0.2.107"],
      dialogue: mailServer({
        host: "mx.xn--mnchen-3ya.example",
        software: "postfix",
        cert: "mx.xn--mnchen-3ya.example",
      }),
    },
  ],
  expect: { verdict: "healthy", exitCode: 0 },
  names: /münchen\.example .*arrives$/,
};
