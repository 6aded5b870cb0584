import type { Scenario } from "../scenario.ts";

/** The exchanger has an address of the inner network. */
export const privateMx: Scenario = {
  domain: "private-mx.example",
  title: "the exchanger has a private address",
  story:
    "The name server that the office uses inside was opened to the world, and with it the address 10.0.0.25. Inside, everything works. Outside, senders try to reach 10.0.0.25 in their own network, where there is nothing, or the wrong thing. maildoctor does not connect to such addresses either.",
  zone: `
$ORIGIN private-mx.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mail
mail   A    10.0.0.25
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@private-mx.example"
`,
  servers: [],
  expect: { verdict: ["mx/special-purpose-address:no-public-address"], exitCode: 1 },
  names: /is lost.*no public address/,
};
