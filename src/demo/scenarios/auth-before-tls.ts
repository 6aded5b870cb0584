import { mailServer } from "../mail-software.ts";
import { ptr, type Scenario } from "../scenario.ts";

/** Passwords are taken before encryption. */
export const authBeforeTls: Scenario = {
  domain: "auth-before-tls.example",
  title: "asks for passwords before encryption",
  story:
    "Port 25 offers AUTH PLAIN and LOGIN before STARTTLS. Other servers never log in there; but a mail program that was set to this port by mistake sends its password in the clear, and everybody on the wireless network can read it. Logins belong on the submission ports, inside TLS.",
  zone: `
$ORIGIN auth-before-tls.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.130
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@auth-before-tls.example"
${ptr("203.0.113.130", "mx.auth-before-tls.example")}
`,
  servers: [
    {
      host: "mx.auth-before-tls.example",
      addresses: ["203.0.113.130"],
      dialogue: mailServer({
        host: "mx.auth-before-tls.example",
        software: "postfix",
        cert: "mx.auth-before-tls.example",
        offers: ["AUTH PLAIN LOGIN"],
      }),
    },
  ],
  expect: { verdict: ["smtp/auth-before-tls:relay"], exitCode: 0 },
  names: /passwords unencrypted/,
};
