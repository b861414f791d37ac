import { unverified, type LibraryChecks } from '../check.js';

export default {
  library: '@confluentinc/kafka-javascript',
  packages: [],
  checks: [
    unverified(
      [
        'new KafkaJS.Kafka().{producer,admin}: connects',
        'new KafkaJS.Kafka().{producer,admin}: close',
        'new KafkaJS.Kafka().consumer: connects',
        'new KafkaJS.Kafka().consumer: close',
      ],
      'not installed: its native part has to be built or downloaded',
    ),
  ],
} satisfies LibraryChecks;
