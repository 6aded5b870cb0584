import { expect, test } from "vitest";
import { smtpSession } from "../../src/probes/smtp-session.ts";
import { serveText } from "../kit/dialogue.ts";
import { createTestContext } from "./smtp-context.ts";

const host = "mx1.example.com";

const healthy = `@protocol smtp
@cert healthy-rsa
S: 220 mx1.example.com ESMTP
C: EHLO probe.example.org
S: 250-mx1.example.com
S: 250-SIZE 52428800
S: 250 STARTTLS
C: STARTTLS
S: 220 2.0.0 Ready
* starttls
C: EHLO probe.example.org
S: 250-mx1.example.com
S: 250-AUTH PLAIN LOGIN
S: 250 SIZE 52428800
`;
const envelope = `C: MAIL FROM:<>
S: 250 2.1.0 Ok
C: RCPT TO:<postmaster@example.com>
S: 250 2.1.5 Ok
C~ RCPT TO:<maildoctor-[a-z]{8}@example\\.com>
S: 550 5.1.1 No such user
C: RSET
S: 250 2.0.0 Ok
C: MAIL FROM:<maildoctor@probe.example.org>
S: 250 2.1.0 Ok
C: RCPT TO:<maildoctor-probe@example.net>
S: 554 5.7.1 Relay access denied
C: RSET
S: 250 2.0.0 Ok
`;
const quit = `C: QUIT
S: 221 2.0.0 Bye
* close
`;

test("answers every question in one session", async () => {
  const player = await serveText(healthy + envelope + quit);
  const { ctx, recorded } = createTestContext();
  const subject = { host, ip: player.host, port: player.port, domain: "example.com" };
  const { hello, envelope: asked } = await smtpSession(subject, ctx, ["addresses:x"]);

  expect(recorded.map(({ id }) => id)).toEqual([hello.id, asked?.id]);
  expect(hello).toMatchObject({
    id: `smtp-hello:mx1.example.com:127.0.0.1:${player.port}`,
    outcome: "ok",
    dependsOn: ["addresses:x"],
    data: {
      connected: { known: true, value: true },
      greeting: { value: { code: 220, lines: ["mx1.example.com ESMTP"] } },
      greetingName: { value: "mx1.example.com" },
      hello: { value: { verb: "EHLO", reply: { command: "EHLO probe.example.org" } } },
      extensions: {
        value: [
          { keyword: "SIZE", parameters: ["52428800"] },
          { keyword: "STARTTLS", parameters: [] },
        ],
      },
      starttls: { value: { state: "done" } },
      tls: { value: { mode: "starttls", trusted: true, nameMatch: "exact", version: "TLSv1.3" } },
      extensionsAfterTls: {
        value: [{ keyword: "AUTH", parameters: ["PLAIN", "LOGIN"] }, { keyword: "SIZE" }],
      },
      masked: [],
      oddities: [],
      localAddress: "127.0.0.1",
      ownNetwork: false,
    },
  });
  expect(asked).toMatchObject({
    outcome: "ok",
    dependsOn: [hello.id],
    subject: { domain: "example.com", host, ip: "127.0.0.1" },
    data: {
      nullSender: { value: { code: 250, enhanced: "2.1.0", command: "MAIL FROM:<>" } },
      postmaster: { value: { code: 250 } },
      unknownRecipient: { value: { reply: { code: 550, enhanced: "5.1.1" } } },
      relay: {
        value: {
          sender: "maildoctor@probe.example.org",
          recipient: "maildoctor-probe@example.net",
          decidedAt: "rcpt",
          reply: { code: 554 },
        },
      },
    },
  });
  expect(asked?.timings.commands?.map(({ command }) => command)).toEqual([
    "MAIL FROM:<>",
    "RCPT TO:<postmaster@example.com>",
    expect.stringMatching(/^RCPT TO:<maildoctor-[a-z]{8}@example.com>$/),
    "RSET",
    "MAIL FROM:<maildoctor@probe.example.org>",
    "RCPT TO:<maildoctor-probe@example.net>",
    "RSET",
    "QUIT",
  ]);
  expect(hello.transcript?.map(({ from, text }) => `${from} ${text}`)).toEqual([
    `= Connecting to 127.0.0.1:${player.port}`,
    "= Connected",
    "S 220 mx1.example.com ESMTP",
    "C EHLO probe.example.org",
    "S 250-mx1.example.com",
    "S 250-SIZE 52428800",
    "S 250 STARTTLS",
    "C STARTTLS",
    "S 220 2.0.0 Ready",
    expect.stringMatching(/^= TLS started: TLSv1.3, TLS_/),
    "C EHLO probe.example.org",
    "S 250-mx1.example.com",
    "S 250-AUTH PLAIN LOGIN",
    "S 250 SIZE 52428800",
  ]);
  expect(player.connections).toBe(1);
});

test("a sender that the server will not hear is replaced by one of the domain itself", async () => {
  const refused = envelope.replace(
    "S: 250 2.1.0 Ok\nC: RCPT TO:<maildoctor-probe@example.net>",
    [
      "S: 550 5.7.27 <maildoctor@probe.example.org>: Sender address rejected: Domain probe.example.org does not accept mail (nullMX)",
      "C: MAIL FROM:<maildoctor-probe@example.com>",
      "S: 250 2.1.0 Ok",
      "C: RCPT TO:<maildoctor-probe@example.net>",
    ].join("\n"),
  );
  const player = await serveText(healthy + refused + quit);
  const { ctx } = createTestContext();
  const subject = { host, ip: player.host, port: player.port, domain: "example.com" };
  const { envelope: asked } = await smtpSession(subject, ctx, []);
  expect(asked?.data?.relay).toMatchObject({
    known: true,
    value: { sender: "maildoctor-probe@example.com", decidedAt: "rcpt", reply: { code: 554 } },
  });
});
