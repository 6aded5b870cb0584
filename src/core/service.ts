/** How a connection becomes encrypted: at once, by STARTTLS (POP3: STLS), or never. */
export type Security = "implicit" | "starttls" | "plain";

export interface Service {
  /** IANA service name. */
  readonly name: string;
  readonly protocol: "smtp" | "imap" | "pop3";
  readonly port: number;
  readonly security: Security;
  readonly spec: string;
}

/** The mail services and their ports. spec: RFC 5321 4.5.4.2, RFC 8314 3.2, 3.3, RFC 9051 2.1, RFC 1939 3. */
export const services: readonly Service[] = [
  { name: "smtp", protocol: "smtp", port: 25, security: "starttls", spec: "RFC 5321 4.5.4.2" },
  { name: "submissions", protocol: "smtp", port: 465, security: "implicit", spec: "RFC 8314 3.3" },
  { name: "submission", protocol: "smtp", port: 587, security: "starttls", spec: "RFC 6409 3.1" },
  { name: "imaps", protocol: "imap", port: 993, security: "implicit", spec: "RFC 8314 3.2" },
  { name: "imap", protocol: "imap", port: 143, security: "starttls", spec: "RFC 9051 2.1" },
  { name: "pop3s", protocol: "pop3", port: 995, security: "implicit", spec: "RFC 8314 3.2" },
  { name: "pop3", protocol: "pop3", port: 110, security: "starttls", spec: "RFC 1939 3" },
];

/** The service that listens on the port by the book, or undefined for other ports. */
export function serviceOnPort(port: number): Service | undefined {
  return services.find((service) => service.port === port);
}
