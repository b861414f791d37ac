import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

const dynamo = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 500, requestTimeout: 1_000, throwOnRequestTimeout: true },
  }),
);

export const handler = async (event) => {
  const { Item } = await dynamo.send(
    new GetCommand({ TableName: process.env.TABLE, Key: { id: event.pathParameters.id } }),
  );
  return Item ? { statusCode: 200, body: JSON.stringify(Item) } : { statusCode: 404 };
};
