import { app } from '@azure/functions';
import { DefaultAzureCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';

const blobs = new BlobServiceClient(process.env.STORAGE_URL!, new DefaultAzureCredential());

app.storageQueue('archive', {
  queueName: 'to-archive',
  connection: 'AzureWebJobsStorage',
  handler: async (message, context) => {
    const { url, name } = message as { url: string; name: string };
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`${url}: ${response.status}`);
    }
    await blobs
      .getContainerClient('archive')
      .getBlockBlobClient(name)
      .uploadData(await response.arrayBuffer(), { abortSignal: AbortSignal.timeout(60_000) });
    context.log(`archived ${name}`);
  },
});
