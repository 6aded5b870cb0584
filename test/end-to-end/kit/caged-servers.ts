import { join } from "node:path";
import { buildCage, type Cage } from "./cage.ts";
import { eximUsers, startExim } from "./exim.ts";
import type { MailServer, MailServerPlan } from "./mail-server.ts";
import { opensmtpdUsers, startOpensmtpd } from "./opensmtpd.ts";
import { unpackedServers, type UnpackedServer } from "./available.ts";
import type { Door } from "./plan.ts";
import { sendmailUsers, startSendmail } from "./sendmail.ts";

/** A server to be started, and how. */
export interface CagedDoor {
  readonly ip: string;
  readonly door: Door & { readonly kind: UnpackedServer };
  readonly plan: MailServerPlan;
}

/** The servers that run in cages, by the address of the plan. */
export interface CagedServers {
  readonly byIp: ReadonlyMap<string, MailServer>;
  stop(): Promise<void>;
}

/** Starts all at the same time; when one does not start, none goes on running. */
export async function startCagedServers(
  folder: string,
  doors: readonly CagedDoor[],
): Promise<CagedServers> {
  const cage = (name: string, kind: UnpackedServer, users: readonly string[]): Promise<Cage> =>
    buildCage(join(folder, name), unpackedServers[kind].program, users);
  let forExim: Promise<Cage> | undefined;

  const start = async ({ door, plan }: CagedDoor): Promise<MailServer> => {
    switch (door.kind) {
      case "exim":
        forExim ??= cage("exim", door.kind, eximUsers);
        return startExim(await forExim, plan, door.settings);
      case "opensmtpd":
        return startOpensmtpd(await cage(plan.label, door.kind, opensmtpdUsers), plan, door.rules);
      case "sendmail":
        return startSendmail(await cage(plan.label, door.kind, sendmailUsers), plan, door.features);
    }
  };
  const starts = doors.map(async (door) => [door.ip, await start(door)] as const);
  const results = await Promise.allSettled(starts);
  const started = results.flatMap((result) =>
    result.status === "fulfilled" ? [result.value] : [],
  );
  const stop = async (): Promise<void> => {
    await Promise.all(started.map(([, server]) => server.stop()));
  };
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  return { byIp: new Map(started), stop };
}
