/** What a peer seems to speak, judged by the first octets that it sent. */
export type Heard =
  "tls" | "http" | "ssh" | "imap" | "pop3" | "ftp" | "smtp" | "silence" | "unknown";

/** Names the protocol that begins with these octets; "silence" for none. */
export function heardProtocol(head: Uint8Array): Heard {
  if (head.length === 0) return "silence";
  // A TLS record: content type alert or handshake, then the major version 3.
  if ((head[0] === 0x15 || head[0] === 0x16) && (head[1] ?? 3) === 3) return "tls";
  const text = Buffer.from(head).toString("latin1");
  if (/^SSH-\d/.test(text)) return "ssh";
  if (/^HTTP\/\d|^<(!doctype|html)/i.test(text)) return "http";
  if (/^\* (OK|PREAUTH|BYE|BAD)\b/i.test(text)) return "imap";
  if (/^(\+OK|-ERR)/i.test(text)) return "pop3";
  if (/^[245]\d\d[ -]/.test(text)) return ftp.test(text) ? "ftp" : "smtp";
  return "unknown";
}

// A mail server may be called ftp.example.com: only words that name an FTP server count.
const ftp = /^(?!.*smtp).*(\b(vsftpd|proftpd|pure-ftpd|filezilla)\b|\bftp (server|service)\b)/is;

/** "SSH", "plain SMTP": the protocol in a sentence. */
export function protocolTitle(heard: Heard): string {
  if (heard === "smtp" || heard === "imap" || heard === "pop3" || heard === "ftp")
    return `plain ${heard.toUpperCase()}`;
  return heard === "unknown" ? "an unknown protocol" : heard.toUpperCase();
}
