/** Reply codes in plain words. spec: RFC 5321 4.2.3, RFC 4954 6, RFC 7504, RFC 3207 4, RFC 5248. */
const codes: ReadonlyMap<number, string> = new Map([
  [211, "system status"],
  [214, "help"],
  [220, "ready"],
  [221, "the server closes the connection"],
  [235, "login succeeded"],
  [250, "done"],
  [251, "not a local user; the message will be forwarded"],
  [252, "not verified, but the message will be accepted"],
  [334, "the server waits for the next step of the login"],
  [354, "the server waits for the message"],
  [421, "the server is shutting down or has had enough of us; try later"],
  [432, "the password must be changed first"],
  [450, "the mailbox is not available now; try later (greylisting, as a rule)"],
  [451, "a local error; try later"],
  [452, "too little storage, or too many recipients; try later"],
  [454, "temporarily not available (TLS or login)"],
  [455, "the parameters cannot be handled now"],
  [458, "no queue can be started for that name now"],
  [459, "that name is not allowed to start a queue"],
  [500, "the command was not understood"],
  [501, "a parameter was not understood"],
  [502, "the command is not implemented"],
  [503, "the command came at the wrong time"],
  [504, "the parameter is not implemented"],
  [521, "the host accepts no mail at all"],
  [523, "encryption is needed"],
  [524, "encryption is needed for this login"],
  [525, "the account is disabled"],
  [530, "encryption or a login is required first"],
  [534, "the login mechanism is too weak, or an app password is needed"],
  [535, "login refused: user name, password or policy"],
  [538, "encryption is needed for this login"],
  [550, "refused: no such mailbox, or against the server's policy"],
  [551, "not a local user; try another address"],
  [552, "the mailbox is full or the message too big"],
  [553, "the address is not allowed"],
  [554, "refused"],
  [555, "the parameters are not known"],
  [556, "the domain accepts no mail"],
]);

const classes: Readonly<Record<string, string>> = {
  2: "accepted",
  3: "the server waits for more",
  4: "not now; try later",
  5: "refused",
};

/** One phrase for the reply code; for a code that is not known, that of its class. */
export function describeCode(code: number): string {
  return codes.get(code) ?? classes[String(code)[0] ?? ""] ?? "not a reply code";
}

/**
 * Enhanced status codes without their class, in plain words.
 * spec: RFC 3463 3, the registry of RFC 5248; later entries: RFC 4468, 4954, 6531, 6710, 7293, 7372,
 * 7505, 8617, 8689.
 */
const details: ReadonlyMap<string, string> = new Map([
  ["0.0", "no details"],
  ["1.0", "something about the address"],
  ["1.1", "there is no such mailbox"],
  ["1.2", "there is no such mail system"],
  ["1.3", "the recipient's address is malformed"],
  ["1.4", "the recipient's address is ambiguous"],
  ["1.5", "the recipient's address is valid"],
  ["1.6", "the mailbox has moved, nobody knows where"],
  ["1.7", "the sender's address is malformed"],
  ["1.8", "the sender's domain does not exist or accepts no mail"],
  ["1.9", "the message was relayed to a system that does not comply"],
  ["1.10", "the recipient's domain accepts no mail (null MX)"],
  ["2.0", "something about the mailbox"],
  ["2.1", "the mailbox is disabled"],
  ["2.2", "the mailbox is full"],
  ["2.3", "the message is larger than the mailbox may receive"],
  ["2.4", "the mailing list could not be expanded"],
  ["3.0", "something about the mail system"],
  ["3.1", "the mail system's storage is full"],
  ["3.2", "the system accepts no messages now"],
  ["3.3", "the system lacks a feature that was asked for"],
  ["3.4", "the message is too big for the system"],
  ["3.5", "the system is configured wrongly"],
  ["3.6", "the priority was changed"],
  ["4.0", "something about the network or the routing"],
  ["4.1", "the next host does not answer"],
  ["4.2", "the connection was bad"],
  ["4.3", "a directory (DNS, as a rule) could not be asked"],
  ["4.4", "no route to the destination"],
  ["4.5", "the mail system is congested"],
  ["4.6", "the mail goes round in a loop"],
  ["4.7", "the message was too old to be delivered"],
  ["5.0", "something about the protocol"],
  ["5.1", "the command is invalid, or came at the wrong time"],
  ["5.2", "the command is malformed"],
  ["5.3", "too many recipients"],
  ["5.4", "the command's arguments are invalid"],
  ["5.5", "the wrong version of the protocol"],
  ["5.6", "a line of the login was too long"],
  ["6.0", "something about the content"],
  ["6.1", "the kind of content is not supported"],
  ["6.2", "the content would need a conversion that is prohibited"],
  ["6.3", "the content would need a conversion that is not supported"],
  ["6.4", "the content was converted with loss"],
  ["6.5", "the conversion failed"],
  ["6.6", "the content that was referred to is not available"],
  ["6.7", "non-ASCII addresses are not permitted"],
  ["6.8", "a reply in UTF-8 would be needed"],
  ["6.9", "non-ASCII header fields cannot be passed on to every recipient"],
  ["6.10", "a reply in UTF-8 would be needed"],
  ["7.0", "something about security or policy"],
  ["7.1", "not authorised: relaying denied, or refused by policy"],
  ["7.2", "not allowed to send to the mailing list"],
  ["7.3", "a secure conversion would be needed and is not possible"],
  ["7.4", "a security feature is not supported"],
  ["7.5", "a cryptographic failure"],
  ["7.6", "a cryptographic algorithm is not supported"],
  ["7.7", "the message was altered on the way"],
  ["7.8", "user name or password is wrong"],
  ["7.9", "the login mechanism is too weak"],
  ["7.10", "encryption is needed"],
  ["7.11", "this login mechanism needs encryption"],
  ["7.12", "the password must be changed first"],
  ["7.13", "the account is disabled"],
  ["7.14", "a trust relationship is required"],
  ["7.15", "the priority is too low"],
  ["7.16", "the message is too big for its priority"],
  ["7.17", "the mailbox has a new owner"],
  ["7.18", "the domain has a new owner"],
  ["7.19", "whether the mailbox has a new owner cannot be found out"],
  ["7.20", "no passing DKIM signature"],
  ["7.21", "no acceptable DKIM signature"],
  ["7.22", "no valid DKIM signature of the author's domain"],
  ["7.23", "SPF failed"],
  ["7.24", "SPF could not be evaluated"],
  ["7.25", "the reverse name of the client's address is missing or not confirmed"],
  ["7.26", "several authentication checks failed"],
  ["7.27", "the sender's domain accepts no mail (null MX)"],
  ["7.28", "too much mail at a time"],
  ["7.29", "ARC failed"],
  ["7.30", "REQUIRETLS was asked for and is not supported"],
]);

/** One phrase for an enhanced status code ("5.1.1"); undefined when it is not in the registry. */
export function describeEnhanced(code: string): string | undefined {
  const match = /^[245]\.(\d{1,3}\.\d{1,3})$/.exec(code);
  return match?.[1] === undefined ? undefined : details.get(match[1]);
}

/** The reply codes that have a phrase of their own, in ascending order. */
export const replyCodes: readonly number[] = [...codes.keys()];

/** The enhanced status codes without their class ("1.1"), in the order of the registry. */
export const enhancedDetails: readonly string[] = [...details.keys()];

/** What the class of a reply or enhanced status code means for the mail. spec: RFC 5321 4.2.1, RFC 3463 2. */
export const classMeaning: Readonly<Record<string, string>> = {
  2: "the command succeeded",
  3: "the server waits for the rest",
  4: "a failure that may pass: senders keep the mail and try again, for days",
  5: "a failure that stays: senders return the mail at once",
};
