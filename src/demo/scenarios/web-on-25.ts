import { ptr, type Scenario } from "../scenario.ts";

/** A proxy for web sites answers on port 25. */
export const webOn25: Scenario = {
  domain: "web-on-25.example",
  title: "a web proxy answers on port 25",
  story:
    "The load balancer was told to pass port 25 on, and nobody told it that this is not HTTP. It waits for a request, while the mail client waits for the greeting, as it must; then it gives up with 408 Request Time-out. From outside the mail server seems slow, and then strange.",
  zone: `
$ORIGIN web-on-25.example.
@      SOA  ns1.dns.example. hostmaster 2026030301 4h 1h 2w 10m
@      NS   ns1.dns.example.
@      NS   ns2.dns.example.
@      MX   10 mx
mx     A    203.0.113.66
@      TXT  "v=spf1 mx -all"
_dmarc TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@web-on-25.example"
${ptr("203.0.113.66", "mx.web-on-25.example")}
`,
  servers: [
    {
      host: "mx.web-on-25.example",
      addresses: ["203.0.113.66"],
      dialogue: `
@protocol http
@connections any
* wait 1200ms
S: HTTP/1.0 408 Request Time-out
S: Cache-Control: no-cache
S: Connection: close
S: Content-Type: text/html
S: 
S: <html><body><h1>408 Request Time-out</h1>
S: Your browser didn't send a complete request in time.
S: </body></html>
* close
`,
    },
  ],
  expect: { verdict: ["mx/unreachable:all"], exitCode: 1 },
  names: /is lost: none of its mail servers can be reached/,
};
