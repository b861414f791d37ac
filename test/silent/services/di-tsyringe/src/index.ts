import 'reflect-metadata';
import './channels';
import { createLightship } from 'lightship';
import { container } from 'tsyringe';
import { createApp } from './app';
import { closeChannels } from './channels';

async function main(): Promise<void> {
  const lightship = await createLightship();
  const { app, close } = createApp();
  const server = app.listen(8080, () => lightship.signalReady());

  lightship.registerShutdownHandler(async () => {
    await new Promise((resolve) => server.close(resolve));
    closeChannels();
    await close();
    await container.dispose();
  });
}

void main();
