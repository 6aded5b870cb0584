// Measures how long the validator takes over the worst messages: a header that promises 65,535
// records of each kind, and answers that fill 64 KiB. The bar for the first: 1 ms.
//
//   npm run build && node test/bench/validator.mjs
import { readAnswer } from "../../dist/proto/dns/answer.js";
import { validateMessage } from "../../dist/proto/dns/validate.js";
import { median } from "./measure.mjs";

const question = { name: "example.com", type: "MX" };
const asked = "076578616d706c6503636f6d00";

/** A message with as many copies of one record as fit, at most `most`. */
function full(type, rdata, most = Infinity) {
  const record = Buffer.from(`c00c${type}00010000012c`, "hex");
  const length = Buffer.alloc(2);
  length.writeUInt16BE(rdata.length);
  const each = Buffer.concat([record, length, rdata]);
  const head = Buffer.from(`000081800001000000000000${asked}000f0001`, "hex");
  const count = Math.min(most, Math.floor((65_535 - head.length) / each.length));
  head.writeUInt16BE(count, 6);
  return Buffer.concat([head, ...Array.from({ length: count }, () => each)]);
}

const longName = Buffer.concat([
  Buffer.from("000a", "hex"),
  ...Array.from({ length: 3 }, () => Buffer.concat([Buffer.from([63]), Buffer.alloc(63, 7)])),
  Buffer.from([0]),
]);
const messages = {
  "12 octets, all counts 65535": Buffer.from("000081800001ffffffffffff", "hex"),
  "12 octets, every count 65535": Buffer.from("00008180ffffffffffffffff", "hex"),
  "64 KiB, MX with one-octet names": full("000f", Buffer.from("000a00", "hex")),
  "64 KiB, MX to the question's name": full("000f", Buffer.from("000ac00c", "hex")),
  "64 KiB, MX with long escaped names": full("000f", longName),
  "64 KiB, one TXT": full("0010", Buffer.alloc(65_280, 255), 1),
};

for (const [label, bytes] of Object.entries(messages)) {
  const times = [];
  let read;
  const heap = process.memoryUsage().heapUsed;
  for (let index = 0; index < 41; index += 1) {
    const startedAt = performance.now();
    const message = validateMessage(bytes);
    read = "malformed" in message ? message.malformed : readAnswer(message, question, 8).status;
    times.push(performance.now() - startedAt);
  }
  const grown = (process.memoryUsage().heapUsed - heap) / 1024 / 1024;
  const first = times[0].toFixed(2);
  const line = `${label}: first ${first} ms, median ${median(times).toFixed(3)} ms`;
  console.log(`${line}, heap +${Math.max(0, grown).toFixed(0)} MiB after 41 (${read})`);
}
