import { mailServer } from "../mail-software.ts";
import type { Scenario } from "../scenario.ts";

/** The address has no reverse name. */
export const noPtr: Scenario = {
  domain: "no-ptr.example",
  title: "the address has no reverse name",
  story:
    "The server is new, and its address has no PTR record: that one is not in the domain's zone, it belongs to whoever owns the address, and must be asked for. Receiving works. But replies go out from here too, and many servers refuse mail from an address without a name.",
  zone: `
$ORIGIN no-ptr.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.124
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@no-ptr.example"
`,
  servers: [
    {
      host: "mx.no-ptr.example",
      addresses: ["203.0.113.124"],
      dialogue: mailServer({
        host: "mx.no-ptr.example",
        software: "exim",
        cert: "mx.no-ptr.example",
      }),
    },
  ],
  expect: { verdict: ["address/ptr-missing:missing"], exitCode: 0 },
  names: /no reverse name/,
};
