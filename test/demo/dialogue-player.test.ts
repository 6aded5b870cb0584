import { expect, onTestFinished, test } from "vitest";
import { demoCertificate } from "../../src/demo/certificates.ts";
import {
  formatMismatch,
  playDialogue,
  type PlayOptions,
  type Player,
} from "../../src/demo/dialogue-player.ts";
import { dial } from "./client.ts";

async function play(text: string, more: Partial<PlayOptions> = {}): Promise<Player> {
  const player = await playDialogue(text, {
    certs: demoCertificate,
    filename: "test.dialogue",
    ...more,
  });
  onTestFinished(() => player.close());
  return player;
}

const problemsOf = async (player: Player): Promise<string[]> =>
  (await player.finished()).map((mismatch) => formatMismatch(mismatch));

test("plays a dialogue to its end and finds nothing wrong", async () => {
  const player = await play("S: 220 hi\nC: EHLO {name}\nS: 250 hello {name}\n* close");
  const client = await dial(player.port);
  expect(await client.reply()).toEqual(["220 hi"]);
  client.send("EHLO mx.example.com");
  expect(await client.reply()).toEqual(["250 hello mx.example.com"]);
  expect(await client.over).toBe("end");
  client.end();
  expect(player.received).toEqual(["EHLO mx.example.com"]);
  expect(player.connections).toBe(1);
  expect(await problemsOf(player)).toEqual([]);
});

test("listens on IPv6 loopback too", async () => {
  const player = await play("S: 220 hi\n* close", { host: "::1" });
  const client = await dial(player.port, "::1");
  expect(await client.reply()).toEqual(["220 hi"]);
});

test("reports a line that is not the expected one, with its place", async () => {
  const player = await play("S: 220 hi\nC: EHLO {name}\nS: 250 hello");
  const client = await dial(player.port);
  client.send("HELO \u001b[31m");
  expect(await client.reply()).toEqual(["220 hi"]);
  expect(await client.over).toBe("end");
  expect(await problemsOf(player)).toEqual([
    String.raw`test.dialogue:2: expected "EHLO {name}", received "HELO \x1b[31m"`,
  ]);
});

test("reports lines that the client never sent", async () => {
  const player = await play("S: 220 hi\nC: EHLO {name}\nS: 250 hello\nC: QUIT");
  const client = await dial(player.port);
  client.send("EHLO x");
  await client.reply();
  await client.reply();
  client.end();
  await client.over;
  expect(await problemsOf(player)).toEqual([
    'test.dialogue:4: expected "QUIT", received the connection closed',
  ]);
});

test("reports a client that says nothing until the end of the test", async () => {
  const player = await play("S: 220 hi\nC: EHLO {name}", { patienceMs: 20 });
  await dial(player.port);
  expect(await problemsOf(player)).toEqual([
    'test.dialogue:2: expected "EHLO {name}", received nothing',
  ]);
});

test("reports lines after the end of the script", async () => {
  const player = await play("S: 220 hi");
  const client = await dial(player.port);
  client.send("QUIT");
  await client.over;
  expect(await problemsOf(player)).toEqual([
    'test.dialogue:1: expected no more lines, received "QUIT"',
  ]);
});

test("reports connections that never came and those that were too many", async () => {
  const idle = await play("S: 220 hi");
  expect(await problemsOf(idle)).toEqual([
    "test.dialogue:1: expected 1 connection, received 0 connections",
  ]);
  const busy = await play("@connections 1\n* close");
  await (
    await dial(busy.port)
  ).over;
  await (
    await dial(busy.port)
  ).over;
  expect(await problemsOf(busy)).toEqual([
    "test.dialogue:1: expected 1 connection, received 2 connections",
  ]);
});

test("plays one script for each connection, and the last one for all that follow", async () => {
  const player = await play("@connections any\nS: 421 later\n* close\n---\nS: 220 now\n* close");
  const greetings = [];
  for (let n = 0; n < 3; n += 1) greetings.push(await (await dial(player.port)).reply());
  expect(greetings).toEqual([["421 later"], ["220 now"], ["220 now"]]);
  expect(await problemsOf(player)).toEqual([]);
});

test("leaves out what follows an optional line that does not come", async () => {
  const script =
    "S: 220 hi\nC? STARTTLS\nS: 454 no\nC? MAIL FROM:<{sender}>\nS: 250 ok\nC: QUIT\nS: 221 bye";
  const player = await play(`@connections 3\n${script}`);
  for (const lines of [["QUIT"], ["STARTTLS", "QUIT"], ["MAIL FROM:<>", "QUIT"]]) {
    const client = await dial(player.port);
    await client.reply();
    for (const line of lines.filter((each) => !each.includes("<>"))) {
      client.send(line);
      await client.reply();
    }
    client.end();
  }
  expect(await problemsOf(player)).toEqual([]);
});

test("runs STARTTLS in the middle of the stream", async () => {
  const player = await play(
    "@cert healthy-ec\nC: STARTTLS\nS: 220 go\n* starttls\nC: EHLO {name}\nS: 250 {name}\n* close",
  );
  const client = await dial(player.port);
  client.send("STARTTLS");
  expect(await client.reply()).toEqual(["220 go"]);
  expect(await client.startTls()).toBe("TLSv1.3");
  client.send("EHLO mx.example.com");
  expect(await client.reply()).toEqual(["250 mx.example.com"]);
  client.end();
  expect(await problemsOf(player)).toEqual([]);
});

test("reports plain text that was pipelined behind STARTTLS", async () => {
  const player = await play("@cert healthy-ec\nC: STARTTLS\nS: 220 go\n* starttls");
  const client = await dial(player.port);
  client.raw("STARTTLS\r\nNOOP\r\n");
  await client.over;
  expect(await problemsOf(player)).toEqual([
    String.raw`test.dialogue:4: expected nothing before TLS, received NOOP\x0d\x0a`,
  ]);
});

test("injects bytes in the packet of the STARTTLS reply", async () => {
  const player = await play(
    '@cert healthy-ec\nC: STARTTLS\nS: 220 go\n* inject "250 evil\\r\\n"\n* starttls',
  );
  const client = await dial(player.port);
  client.send("STARTTLS");
  await client.reply();
  expect(client.unread()).toBe("250 evil\r\n");
  expect(await client.startTls()).toBe("TLSv1.3");
  client.end();
  expect(await problemsOf(player)).toEqual([]);
});

test("speaks TLS from the first byte when told to, and no newer version than allowed", async () => {
  const player = await play(
    "@cert healthy-rsa\n@tls implicit\n@tls-max 1.2\nS: * OK ready\nC: {tag} LOGOUT\nS: {tag} OK bye\n* close",
  );
  const client = await dial(player.port);
  expect(await client.startTls()).toBe("TLSv1.2");
  expect(await client.line()).toBe("* OK ready");
  client.send("a1 LOGOUT");
  expect(await client.line()).toBe("a1 OK bye");
  client.end();
  expect(await problemsOf(player)).toEqual([]);
});

test("says so when a handshake failed where the client had more to say", async () => {
  const player = await play("@cert healthy-ec\n@tls implicit\nS: 220 hi\nC: QUIT");
  const client = await dial(player.port);
  client.send("EHLO plain.example.com");
  await client.over;
  expect(await problemsOf(player)).toEqual([
    'test.dialogue:4: expected "QUIT", received a failed TLS handshake',
  ]);
});

test.each([
  "expired",
  "not-yet-valid",
  "wrong-name",
  "self-signed",
  "sha1",
  "missing-intermediate",
])("serves the %s certificate, which this client does not trust", async (name) => {
  const player = await play(`@cert ${name}\n@tls implicit\n* expect-close`);
  const client = await dial(player.port);
  await expect(client.startTls()).rejects.toThrow();
  client.end();
});

test.each(["healthy-rsa", "healthy-ec", "wildcard", "intermediate", "weak-key"])(
  "serves the %s certificate, which this client trusts",
  async (name) => {
    const player = await play(`@cert ${name}\n@tls implicit\nS: 220 hi\n* expect-close`);
    const client = await dial(player.port);
    expect(await client.startTls()).toBe("TLSv1.3");
    expect(await client.reply()).toEqual(["220 hi"]);
    client.end();
    expect(await problemsOf(player)).toEqual([]);
  },
);

test("resets the connection, in plain text and under TLS", async () => {
  const plain = await play("S: 220 hi\n* wait 5ms\n* reset");
  expect(await (await dial(plain.port)).over).toBe("ECONNRESET");
  const player = await play("@cert healthy-ec\n@tls implicit\nC: QUIT\n* reset");
  const client = await dial(player.port);
  await client.startTls();
  client.send("QUIT");
  expect(await client.over).toBe("ECONNRESET");
});

test("stalls: takes every line and answers none", async () => {
  const player = await play("S: 220 hi\n* stall");
  const client = await dial(player.port);
  await client.reply();
  client.send("EHLO a");
  client.send("QUIT");
  client.end();
  await client.over;
  expect(player.received).toEqual(["EHLO a", "QUIT"]);
  expect(await problemsOf(player)).toEqual([]);
});

test("sends raw bytes without line end and trickles what follows", async () => {
  const player = await play('* raw "220 a\\nb"\n* trickle 2 bytes / 1ms\nS: cde\n* close');
  const client = await dial(player.port);
  expect(await client.line()).toBe("220 a");
  expect(await client.line()).toBe("bcde");
});

test("reports a client that talks where it must hang up", async () => {
  const player = await play("S: 221 bye\n* expect-close");
  const client = await dial(player.port);
  client.send("NOOP");
  await client.over;
  expect(await problemsOf(player)).toEqual([
    'test.dialogue:2: expected the end of the connection, received "NOOP"',
  ]);
});

test("closes while a client is connected", async () => {
  const player = await play("S: 220 hi\n* wait 60000ms\nS: never");
  const client = await dial(player.port);
  await client.reply();
  await player.close();
  await client.over;
});

test("refuses a broken script with all its problems", async () => {
  await expect(play("bad\n* worse")).rejects.toThrow(
    "test.dialogue:1: not a step: bad\ntest.dialogue:2: unknown act: worse",
  );
});

test("forgets what came with STARTTLS in one packet, where the script says so", async () => {
  const player = await play(
    "@cert healthy-rsa\nC: STARTTLS\n* discard\nS: 220 go\n* starttls\nC: QUIT\nS: 221 bye\n* close",
  );
  const client = await dial(player.port);
  client.send("STARTTLS\r\nRSET");
  expect(await client.reply()).toEqual(["220 go"]);
  await client.startTls(null);
  client.send("QUIT");
  expect(await client.reply()).toEqual(["221 bye"]);
  client.end();
  expect(player.received).toEqual(["STARTTLS", "QUIT"]);
  expect(await problemsOf(player)).toEqual([]);
});

test("speaks no TLS below the version that the script names", async () => {
  const text =
    "@cert healthy-rsa\n@connections any\n@tls implicit\n@tls-min 1.3\n@tls-max 1.2\nS: 220 hi";
  const player = await play(text);
  const client = await dial(player.port);
  await expect(client.startTls(null)).rejects.toThrow();
  client.end();
});
