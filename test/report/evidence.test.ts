import { expect, test } from "vitest";
import { evidenceOf } from "../../src/report/evidence.ts";
import { problem, report, transcript } from "../kit/cases.ts";
import { envelope, hello } from "../kit/evidence.ts";

const at = { domain: "example.com", host: "mx1.example.com", ip: "192.0.2.1", port: 25 };
const session = {
  ...envelope(),
  transcript: transcript(
    "S 220 mx1.example.com",
    "S   wait",
    "C EHLO probe.example.net",
    "S 250 mx1.example.com",
    "C MAIL FROM:<>",
    "S 250 2.1.0 Ok",
    "C RCPT TO:<postmaster@example.com>",
    "S 550 5.1.1 No such user",
    "C RCPT TO:<maildoctor-abcdefgh@example.com>",
    "S 550-5.1.1 No",
    "S 550-5.1.1 such",
    "S 550 5.1.1 user",
    "C QUIT",
    "S 221 Bye",
  ),
};

function linesFor(checkId: string): string[] {
  const cites = [session.id];
  const shown = problem(checkId, "x", "note", at, "x", { cites });
  return evidenceOf(shown, report("x", [session as { readonly kind: string }], [shown])).map(
    ({ text }) => text,
  );
}

test("shows the command in question and its reply", () => {
  expect(linesFor("smtp/postmaster-refused")).toEqual([
    "RCPT TO:<postmaster@example.com>",
    "550 5.1.1 No such user",
  ]);
  expect(linesFor("smtp/null-sender-refused")).toEqual(["MAIL FROM:<>", "250 2.1.0 Ok"]);
});

test("shows the end of a long reply", () => {
  expect(linesFor("smtp/catch-all-recipient")).toEqual([
    "RCPT TO:<maildoctor-abcdefgh@example.com>",
    "550-5.1.1 such",
    "550 5.1.1 user",
  ]);
});

test("shows the greeting from its beginning", () => {
  expect(linesFor("smtp/greeting-invalid")).toEqual(["220 mx1.example.com", "  wait"]);
});

test("leaves the good-bye out where no command is in question", () => {
  expect(linesFor("smtp/other").at(-1)).toBe("550 5.1.1 user");
});

test("shows the certificate for what is said of it", () => {
  const seen = hello();
  const shown = problem("tls/certificate-expired", "x", "note", at, "x", { cites: [seen.id] });
  const [first] = evidenceOf(shown, report("x", [seen], [shown]));
  expect(first?.text).toMatch(
    /^Certificate: CN=mx1\.example\.com, names mx1\.example\.com; issued/,
  );
});

test("shows nothing where nothing was seen", () => {
  const shown = problem("mx/missing", "x", "note", at, "x", { cites: ["gone"] });
  expect(evidenceOf(shown, report("x", [], [shown]))).toEqual([]);
});
