import nodemailer from 'nodemailer';

export const mail = {
  name: 'mail',
  register: async (server) => {
    const transport = nodemailer.createTransport({
      url: process.env.SMTP_URL,
      pool: true,
      maxConnections: 3,
      connectionTimeout: 10_000,
      greetingTimeout: 5_000,
      socketTimeout: 30_000,
    });
    server.app.mail = transport;
    server.events.on('stop', () => transport.close());
    server.method('mail.remind', (to, title) =>
      transport.sendMail({
        from: 'desk@library.example',
        to,
        subject: `Please bring back ${title}`,
        text: 'It is overdue.',
      }),
    );
  },
};
