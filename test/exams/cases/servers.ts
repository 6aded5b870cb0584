import { mailServer, type MailServer } from "../../../src/demo/mail-software.ts";
import type { Server } from "./case.ts";

/** A sound Postfix, mx.example.com, but for what is given; its parts are optional to the client. */
export function postfix(changes: Partial<MailServer> = {}): string {
  return mailServer({
    host: "mx.example.com",
    software: "postfix",
    cert: "healthy-ec",
    ...changes,
  });
}

/** A server with other TLS or other words than a dialogue can give it; sound but for what is given. */
export function plain(changes: Exclude<Server, string> = {}): Server {
  const { replies, ...more } = changes;
  return {
    repliesUnderTls: { EHLO: "250-mx.example.com\r\n250 VRFY" },
    ...more,
    replies: {
      RCPT: (line) =>
        line.includes("<postmaster@example.com>") ? "250 2.1.5 Ok" : "550 5.1.1 User unknown",
      ...replies,
    },
  };
}

/** The dialogue with its lines after the TLS handshake changed. */
export function underTls(dialogue: string, change: (lines: string) => string): string {
  const mark = "* starttls\n";
  const at = dialogue.indexOf(mark) + mark.length;
  return dialogue.slice(0, at) + change(dialogue.slice(at));
}

/** A server that gives no enhanced status codes, whatever it announces. */
export function withoutEnhancedCodes(dialogue: string): string {
  return dialogue.replaceAll(/^(S: \d{3}) \d\.\d{1,3}\.\d{1,3} /gm, "$1 ");
}

/** Knows neither EHLO nor HELO. */
export const refusesHello = `
@protocol smtp
@connections any
S: 220 mx.example.com ESMTP
C? EHLO {name}
S: 500 Command unrecognized
C? HELO {name}
S: 502 Command not implemented
C? QUIT
S: 221 Bye
* close
`;
