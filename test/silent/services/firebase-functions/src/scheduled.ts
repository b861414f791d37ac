import { defineSecret } from 'firebase-functions/params';
import { onSchedule } from 'firebase-functions/v2/scheduler';
import nodemailer, { type Transporter } from 'nodemailer';
import { databaseUrl, getPool } from './database';

const smtp = defineSecret('SMTP_URL');
let transport: Transporter | undefined;

const mailer = () =>
  transport ||
  (transport = nodemailer.createTransport({
    url: smtp.value(),
    connectionTimeout: 10_000,
    socketTimeout: 20_000,
  }));

export const digest = onSchedule(
  { schedule: 'every monday 07:00', secrets: [databaseUrl, smtp] },
  async () => {
    const { rows } = await getPool().query('SELECT email, titles FROM digest_of_the_week()');
    for (const { email, titles } of rows) {
      await mailer().sendMail({
        from: 'news@example.org',
        to: email,
        subject: 'This week',
        text: titles.join('\n'),
      });
    }
  },
);
