import * as fc from "fast-check";
import { expect, test } from "vitest";
import { heardProtocol } from "../../src/wire/heard.ts";

// A parser meets everything: ten thousand inputs for each property.
fc.configureGlobal({ numRuns: 10_000 });

test.each([
  ["", "silence"],
  ["220 mx.example.com ESMTP", "smtp"],
  ["220-mx.example.com", "smtp"],
  ["554 no", "smtp"],
  ["220 ftp.example.com ESMTP Postfix", "smtp"],
  ["220 ftp.example.com ready", "smtp"],
  ["220 (vsFTPd 3.0.3)", "ftp"],
  ["220 ProFTPD Server ready", "ftp"],
  ["220 FTP server ready.", "ftp"],
  ["220---------- Welcome to Pure-FTPd ----------", "ftp"],
  ["SSH-2.0-OpenSSH_9.2p1", "ssh"],
  ["HTTP/1.1 400 Bad Request", "http"],
  ["<html>", "http"],
  ["* OK IMAP4rev1 ready", "imap"],
  ["* BYE", "imap"],
  ["+OK POP3 ready", "pop3"],
  ["-ERR no", "pop3"],
  ["\x16\x03\x01\x02\x00\x01", "tls"],
  ["\x15\x03\x03\x00\x02\x02\x28", "tls"],
  ["\x00\x01\x02", "unknown"],
  ["hello", "unknown"],
])("%j is %s", (head, heard) => {
  expect(heardProtocol(Buffer.from(head, "latin1"))).toBe(heard);
});

test("any octets have an answer", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 256 }), (head) => {
      expect(heardProtocol(head)).not.toBe("silence");
    }),
  );
});
