import { CosmosClient } from '@azure/cosmos';
import { DefaultAzureCredential } from '@azure/identity';
import { ServiceBusClient, type ServiceBusSender } from '@azure/service-bus';

const aadCredentials = new DefaultAzureCredential();

export const cosmos = new CosmosClient({
  endpoint: process.env.COSMOS_ENDPOINT!,
  aadCredentials,
  connectionPolicy: { requestTimeout: 10_000 },
});

class Bus {
  static #client: ServiceBusClient | undefined;
  static #senders = new Map<string, ServiceBusSender>();

  static sender(queue: string): ServiceBusSender {
    let sender = Bus.#senders.get(queue);
    if (!sender) {
      Bus.#client ??= new ServiceBusClient(process.env.BUS_NAMESPACE!, aadCredentials, {
        retryOptions: { timeoutInMs: 5_000 },
      });
      sender = Bus.#client.createSender(queue);
      Bus.#senders.set(queue, sender);
    }
    return sender;
  }
}

export const senderOf = (queue: string): ServiceBusSender => Bus.sender(queue);
