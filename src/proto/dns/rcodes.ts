/** The response codes that mean something to a client. spec: RFC 1035 4.1.1, RFC 6891 9. */
export const rcodes = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  BADVERS: 16,
} as const;

const names = new Map<number, string>([
  ...Object.entries(rcodes).map(([name, code]) => [code, name] as const),
  [6, "YXDOMAIN"],
  [7, "YXRRSET"],
  [8, "NXRRSET"],
  [9, "NOTAUTH"],
  [10, "NOTZONE"],
  [23, "BADCOOKIE"],
]);

/** The mnemonic of a response code; "RCODE11" for one without. */
export function rcodeName(code: number): string {
  return names.get(code) ?? `RCODE${code}`;
}
