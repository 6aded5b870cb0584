import * as fc from "fast-check";
import { known, unknown } from "../../src/core/fact.ts";
import { failure } from "../../src/core/failure.ts";
import type { Observation } from "../../src/core/observation.ts";
import {
  address,
  addresses,
  announced,
  anonymousTls,
  certificate,
  commands,
  deadHello,
  dmarc,
  envelope,
  environment,
  exchanges,
  hello,
  injection,
  legacyTls,
  mxSet,
  portControl,
  reply,
  reverseName,
  skippedHello,
  spf,
  tls,
} from "./evidence.ts";

type Build = () => { readonly kind: string };

const refused = failure("connect", "connect-refused");
const timeout = failure("connect", "connect-timeout");
const none = { ipv4: known([]), ipv6: known([]) };
const inside = known([address("10.0.0.1", "private use")]);
const two = [
  ["mx1.example.com", "192.0.2.1"],
  ["mx2.example.com", "198.51.100.25"],
] as const;

const third = ["mx3.example.com"];

const mxSets: readonly Build[] = [
  () => mxSet(),
  () => mxSet(),
  () => mxSet({ records: known(exchanges("mx1.example.com")) }),
  () => mxSet({ records: known(exchanges("mx1.example.com", "mx2.example.com", ".")) }),
  () => mxSet({ records: known(exchanges(".")) }),
  () => mxSet({ records: known([]), implicit: known(true) }),
  () => mxSet({ records: known([]) }),
  () => mxSet({ exists: known(false), records: known([]) }),
  () => mxSet({ omitted: 2 }),
  () => mxSet({ records: known(exchanges("mx1.example.com", "mx1.example.com")) }),
  () => mxSet({ records: known(exchanges("mx1.example.com", "mx2.example.com", ...third)) }),
];

const hosts = (host: string): readonly Build[] => [
  () => addresses({}, host),
  () => addresses({ aliases: known(["real.example.net"]) }, host),
  () => addresses({ ...none, exists: known(false) }, host),
  () => addresses(none, host),
  () => addresses({ ipv4: inside }, host),
  () => addresses({ ipv4: inside, ipv6: known([]) }, host),
  () => addresses({ form: "ip-literal" }, host),
  () => addresses({ form: "invalid-name" }, host),
  () => addresses({ omitted: 3 }, host),
  () => addresses({ ipv6: known([]) }, host),
];

const rich = announced("STARTTLS", "AUTH PLAIN", "8BITMIME", "SIZE 1000", "XFORWARD", "SOML");

const sessions = (host: string, ip: string): readonly Build[] => {
  const at = { host, ip };
  const notOffered = known({ state: "not-offered" } as const);
  const without = { starttls: notOffered, tls: unknown("not-applicable") };
  const worst = certificate({ notAfter: "2026-01-01T00:00:00Z", keyBits: 512, dnsNames: [] });
  const bad = tls({ chain: [worst], trusted: false, nameMatch: "none", version: "TLSv1" });
  return [
    () => hello({}, at),
    () => hello({ ownNetwork: true }, at),
    () => hello(without, at),
    () => hello({ ...without, masked: ["keyword XXXXXXXA"] }, at),
    () => hello({ tls: known(bad), greetingName: known("localhost") }, at),
    () => hello({ greeting: known(reply(554, "No service")) }, at),
    () =>
      hello({ hello: unknown(failure("hello", "refused", undefined, { reply: reply(502) })) }, at),
    () => hello({ starttls: known({ state: "refused", reply: reply(454, "4.7.0 later") }) }, at),
    () =>
      hello({ starttls: known({ state: "broken", failure: failure("tls", "tls-handshake") }) }, at),
    () =>
      hello(
        { tls: known(tls({ trusted: false, chain: [certificate({ spkiSha256: "01" })] })) },
        at,
      ),
    () =>
      hello({ extensions: rich, extensionsAfterTls: announced("STARTTLS", "XCLIENT", "TURN") }, at),
    () => hello({ extensions: rich, extensionsAfterTls: announced("XFORWARD", "SEND") }, at),
    () => hello({ extensions: rich, extensionsAfterTls: announced("ENHANCEDSTATUSCODES") }, at),
    () =>
      hello({ ...without, extensions: rich, extensionsAfterTls: unknown("not-applicable") }, at),
    () => hello({ greetingName: known("other.example.net"), oddities: ["bare LF"] }, at),
    () => deadHello(refused, at),
    () => deadHello(timeout, at),
    () => deadHello(failure("connect", "connect-unreachable"), at),
    () => deadHello(failure("greeting", "closed-early"), at),
    () => deadHello(failure("greeting", "wrong-protocol"), at, { heard: "http" }),
    () => deadHello(failure("greeting", "rate-limited"), at),
    () => skippedHello("not-applicable", at),
    () => skippedHello("deadline", at),
  ];
};

const relay = (code: number, text: string, decidedAt: "mail" | "rcpt" = "rcpt") =>
  known({
    sender: "a@example.net",
    recipient: "b@example.org",
    decidedAt,
    reply: reply(code, text),
  });
const random = (code: number, text: string) =>
  known({ recipient: "x@example.com", reply: reply(code, text) });
const denied = "5.7.1 Relay access denied";

const envelopes = (host: string, ip: string): readonly Build[] => {
  const at = { host, ip };
  return [
    () => envelope({}, at),
    () => envelope({ relay: relay(250, "Ok") }, at),
    () => envelope({ unknownRecipient: random(250, "Ok") }, at),
    () => envelope({ nullSender: known(reply(250, "5.1.0 Ok")) }, at),
    () =>
      envelope(
        {
          nullSender: known(reply(250)),
          postmaster: known(reply(250)),
          unknownRecipient: random(550, "no"),
          relay: relay(550, "no"),
        },
        at,
      ),
    () => envelope({ relay: relay(250, "Ok"), unknownRecipient: random(250, "Ok") }, at),
    () => envelope({ relay: relay(550, "5.1.1 User unknown") }, at),
    () => envelope({ relay: relay(550, "5.7.1 Denied", "mail") }, at),
    () => envelope({ nullSender: known(reply(550, "5.7.1 Denied")) }, at),
    () => envelope({ postmaster: known(reply(550, "5.1.1 User unknown")) }, at),
    () => envelope({ postmaster: known(reply(450, "4.7.1 Greylisted")) }, at),
    () =>
      envelope(
        { postmaster: known(reply(554, denied)), unknownRecipient: random(554, denied) },
        at,
      ),
  ];
};

const yes = (cipher: string) => known({ accepted: true, version: "TLSv1.1", cipher } as const);

/** What only `--deep` sees. */
const extras = (host: string, ip: string): readonly (readonly Build[])[] => {
  const at = { host, ip };
  const noSuchUser = known({ name: "x", reply: reply(550, "5.1.1 User unknown") });
  const expanded = known(reply(250, "2.1.5 <joe@example.com>"));
  return [
    [
      () => commands({}, at),
      () => commands({ vrfyUnknown: noSuchUser }, at),
      () => commands({ vrfyPostmaster: known(reply(450, "4.2.0 Later")) }, at),
      () => commands({ expnPostmaster: expanded }, at),
      () => commands({ expnPostmaster: expanded, unknownVerb: known(reply(250)) }, at),
      () => commands({ expnPostmaster: known(reply(252, "2.0.0 Perhaps")) }, at),
    ],
    [() => legacyTls(undefined, at), () => legacyTls(yes("TLS_RSA_WITH_AES_128_CBC_SHA"), at)],
    [
      () => anonymousTls(undefined, at),
      () => anonymousTls(yes("TLS_ECDH_anon_WITH_AES_128_CBC_SHA"), at),
    ],
    [
      () => injection(undefined, at),
      () => injection(known({ state: "closed", why: "the server answered 554" }), at),
      () => injection(known({ state: "answered", reply: reply(250, "Ok") }), at),
      () => injection(known({ state: "shifted", reply: reply(250, "Ok") }), at),
    ],
  ];
};

const rest: readonly (readonly Build[])[] = [
  [
    () => reverseName(),
    () => reverseName({ names: known([]), confirmed: known([]) }),
    () => reverseName({ confirmed: known([]) }),
    () => reverseName({ names: known(["dyn-192-0-2-1.isp.example.net"]) }),
    () => reverseName({ names: known(["192-0-2-1.example.net"]) }),
  ],
  [
    () => spf(),
    () => spf([]),
    () => spf(["v=spf1 +all"]),
    () => spf(["v=spf1 mx"]),
    () => spf(["v=spf1 ip:x"]),
    () => spf(["v=spf1", "v=spf1 a"]),
  ],
  [
    () => dmarc(),
    () => dmarc([]),
    () => dmarc(["v=DMARC1; p=none"]),
    () => dmarc(["v=DMARC1; p=nein"]),
    () => dmarc(["v=DMARC1", "v=DMARC1"]),
  ],
  [
    () => portControl(),
    () => portControl({ reachable: known(false) }),
    () => portControl({ reason: "control" }, { port: 25 }),
  ],
  [() => environment(), () => environment({ weakened: ["NODE_OPTIONS=--tls-min-v1.0"] })],
];

const slots: readonly (readonly Build[])[] = [
  mxSets,
  ...two.flatMap(([host, ip]) => [
    hosts(host),
    sessions(host, ip),
    sessions(host, ip === "192.0.2.1" ? "2001:db8::1" : "2001:db8:2::1"),
    envelopes(host, ip),
    ...extras(host, ip),
  ]),
  [() => addresses({}, "mx3.example.com"), () => addresses({ ipv6: known([]) }, "mx3.example.com")],
  ...rest,
];

/** The observations of an examination of example.com, each part of it healthy, sick or absent. */
export const anyObservations: fc.Arbitrary<readonly Observation[]> = fc
  .tuple(...slots.map((builds) => fc.option(fc.constantFrom(...builds), { freq: 6 })))
  .map((chosen) =>
    chosen.flatMap((build) => (build === null ? [] : [build() as unknown as Observation])),
  );
