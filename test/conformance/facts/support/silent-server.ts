/** A server that takes connections and never says a word. */
import { openMute, withSite, type Site } from './site.js';

/** Runs something while such a server listens on the loopback interface. */
export async function withSilentServer(use: (server: Site) => Promise<void>): Promise<void> {
  await withSite(use, openMute);
}
