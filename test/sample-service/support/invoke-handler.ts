/** Invokes a queue handler again and again, as the platform does with a process that it keeps: `invoke-handler.ts FILE TIMES`. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context, SQSEvent, SQSHandler, SQSRecord } from 'aws-lambda';

const [file = '', times = '0'] = process.argv.slice(2);
const { handler } = (await import(pathToFileURL(path.resolve(file)).href)) as { handler: SQSHandler };

function record(messageId: string, body: object): SQSRecord {
  return { messageId, body: JSON.stringify(body) } as SQSRecord;
}

const answers: unknown[] = [];
for (let index = 0; index < Number(times); index += 1) {
  const event: SQSEvent = {
    Records: [
      record(`${String(index)}a`, { order: 1, kind: 'shipped' }),
      record(`${String(index)}b`, { order: 2, kind: 'returned' }),
    ],
  };
  answers.push(await handler(event, {} as Context, () => undefined));
}
console.log(`answers ${JSON.stringify(answers)}`);
