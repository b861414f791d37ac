import { Agent } from 'node:https';
import { cert, getApps, initializeApp, type App } from 'firebase-admin/app';
import { getMessaging } from 'firebase-admin/messaging';
import nodemailer, { type Transporter } from 'nodemailer';
import superagent from 'superagent';
import { injectable, Lifecycle, registry, scoped, singleton, type Disposable } from 'tsyringe';

export interface Channel {
  send(to: string, text: string): Promise<void>;
}

const agent = new Agent({ keepAlive: true, maxSockets: 10, timeout: 30_000 });

@scoped(Lifecycle.ContainerScoped)
export class Sms implements Channel {
  async send(to: string, text: string): Promise<void> {
    await superagent
      .post('https://sms.example/v1/messages')
      .agent(agent)
      .timeout({ response: 3_000, deadline: 5_000 })
      .send({ to, text });
  }
}

@singleton()
export class Mail implements Channel, Disposable {
  private readonly transport: Transporter = nodemailer.createTransport({
    url: process.env.SMTP_URL,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 5_000,
    socketTimeout: 20_000,
  });

  async send(to: string, text: string): Promise<void> {
    await this.transport.sendMail({ to, from: 'hello@example.org', subject: text.slice(0, 60), text });
  }

  dispose(): void {
    this.transport.close();
  }
}

@injectable()
export class Push implements Channel {
  private get app(): App {
    return getApps()[0] ?? initializeApp({ credential: cert(JSON.parse(process.env.FIREBASE!)) });
  }

  async send(token: string, body: string): Promise<void> {
    await getMessaging(this.app).send({ token, notification: { body } });
  }
}

@registry([
  { token: 'channel', useClass: Sms },
  { token: 'channel', useClass: Mail },
  { token: 'channel', useClass: Push },
])
export class Channels {}

export const closeChannels = (): void => agent.destroy();
