import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Client, type SFTPWrapper } from 'ssh2';

/** Opens a connection, hands it out and closes it: the bank cuts whatever idles for a minute. */
async function withSftp<T>(work: (sftp: SFTPWrapper) => Promise<T>): Promise<T> {
  const client = new Client();
  try {
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
      client
        .on('ready', () => client.sftp((error, channel) => (error ? reject(error) : resolve(channel))))
        .on('error', reject)
        .connect({
          host: process.env.SFTP_HOST,
          username: 'reports',
          privateKey: process.env.SFTP_KEY,
          readyTimeout: 10_000,
          keepaliveInterval: 5_000,
        });
    });
    return await work(sftp);
  } finally {
    client.end();
  }
}

/** The files of a day, in one session. */
export async function uploadAll(files: readonly string[]): Promise<void> {
  await withSftp(async (sftp) => {
    for (const file of files)
      await pipeline(createReadStream(file), sftp.createWriteStream(`/in/${file.split('/').pop()}`));
  });
}
