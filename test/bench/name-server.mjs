// Answers every question with one A record, over UDP on a free loopback port, which it sends to its
// parent. The first argument n > 0 leaves every n-th query without an answer.
import { createSocket } from "node:dgram";

const lost = Number(process.argv[2] ?? 0);
const address = Buffer.from("c00c000100010000012c0004c0000201", "hex");
const socket = createSocket({ type: "udp4", recvBufferSize: 8 << 20, sendBufferSize: 8 << 20 });
let received = 0;

socket.on("message", (query, from) => {
  received += 1;
  if (lost > 0 && received % lost === 0) return;
  let end = 12;
  while (query[end] !== 0) end += query[end] + 1;
  end += 5;
  const answer = Buffer.alloc(end + address.length);
  query.copy(answer, 0, 0, end);
  answer.writeUInt16BE(0x8180, 2);
  answer.writeUInt16BE(1, 6);
  answer.writeUInt32BE(0, 8);
  address.copy(answer, end);
  socket.send(answer, from.port, from.address);
});
socket.bind(0, "127.0.0.1", () => process.send(socket.address().port));
