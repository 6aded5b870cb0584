/**
 * What mail servers log about clients that break the rules of SMTP or leave without QUIT; not that
 * they refused a recipient, and not that TLS failed.
 */
const complaints =
  /improper command pipelining|non-smtp command|synchronization error|protocol (violation|error)|syntax error|errors? after|too many (syntax|errors|nonmail|unrecognized)|unexpected disconnection|lost connection after (?!STARTTLS)|timeout (after|on)|no MAIL in|TLS error on|failed-command command="(?!RCPT)|disconnected reason=(?!quit|"io-error: error:)|lost input channel|>>> (421|50\d) /i;

/** The lines of a log, those of several servers, in which one complains about its client. */
export function complaintsIn(log: string): string[] {
  return log.split("\n").filter((line) => complaints.test(line));
}

const endings =
  / closed by QUIT| disconnected reason=(?:quit|"io-error: error:)| refused: too many|>>> 221 /;

/**
 * How many sessions ended in good order: by QUIT, or by the server, which refused them at once or
 * failed in the TLS handshake.
 */
export function farewellsIn(log: string): number {
  return log.split(endings).length - 1;
}
