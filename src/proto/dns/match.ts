/**
 * Whether bytes that came from the server's address answer the query that was sent:
 * - "answer": id, response bit, opcode and question are right, letter case included;
 * - "other-case": right but for the case of letters, so the server rewrites names or somebody guesses;
 * - "bare-error": an error without a question, as servers send that did not understand the query;
 * - "unreadable": the id is right, but no question can be made out;
 * - "forged": anything else.
 * spec: RFC 5452 9.1.
 */
export type Match = "answer" | "other-case" | "bare-error" | "unreadable" | "forged";

/** Compares received bytes, of any length, with the query; `questionEnd` is where its question ends. */
export function matchAnswer(query: Buffer, questionEnd: number, received: Buffer): Match {
  if (received.length < 12 || received.readUInt16BE(0) !== query.readUInt16BE(0)) return "forged";
  const flags = received.readUInt16BE(2);
  if ((flags & 0xf800) !== 0x8000) return "forged";
  const questions = received.readUInt16BE(4);
  if (questions === 0 && received.length <= bareErrorOctets && (flags & 15) in bareErrors)
    return "bare-error";
  if (questions !== 1 || received.length < questionEnd) return "unreadable";
  if (query.compare(received, 12, questionEnd, 12, questionEnd) === 0) return "answer";
  return sameQuestion(query, questionEnd, received) ? "other-case" : "forged";
}

// FORMERR, SERVFAIL, NOTIMP, REFUSED: none of them says anything about the name.
const bareErrors = { 1: true, 2: true, 4: true, 5: true };
// A header, and perhaps an OPT record with an extended error.
const bareErrorOctets = 512;

/** Whether both messages ask the same, whatever the case of the letters. */
export function sameQuestion(query: Buffer, questionEnd: number, other: Buffer): boolean {
  if (other.length < questionEnd) return false;
  for (let at = 12; at < questionEnd; at += 1) {
    const a = query[at] ?? 0;
    const b = other[at] ?? 0;
    const isLetter = (a | 0x20) >= 0x61 && (a | 0x20) <= 0x7a && at < questionEnd - 4;
    if (a !== b && !(isLetter && (a ^ b) === 0x20)) return false;
  }
  return true;
}
