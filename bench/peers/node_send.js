// Signs and sends with the vendor's packages for Node.
//
//   NODE_EXTRA_CA_CERTS=CA_FILE node bench/peers/node_send.js MODULES client|pop BASE REQUESTS CONCURRENCY
//
// client: @alicloud/openapi-client (V3); pop: @alicloud/pop-core (V1). Prints what multi_loop prints.
'use strict';
const path = require('path');
const tls = require('tls');

const [modules, kind, base, requestsText, concurrencyText] = process.argv.slice(2);
const requests = Number(requestsText);
const concurrency = Number(concurrencyText);
const load = (name) => require(path.join(modules, name));

const ID = 'LTAI5tExampleKeyId000000';
const SECRET = '0123456789abcdefghijklmnopqrst';
const VERSION = '2016-11-01';
const ACTION = 'ResumeLiveStream';

let connections = 0;
const connect = tls.connect;
tls.connect = function (...given) {
  connections++;
  return connect.apply(tls, given);
};

function paramsOf(i) {
  return {
    AppName: 'app', DomainName: 'push.example.com', LiveStreamType: 'publisher',
    StreamName: 'stream-' + String(i).padStart(5, '0'),
  };
}

function popSender() {
  const client = new (load('@alicloud/pop-core').RPCClient)({
    accessKeyId: ID, accessKeySecret: SECRET, endpoint: base, apiVersion: VERSION,
  });
  return async (i) => (await client.request(ACTION, paramsOf(i), { timeout: 30000 })).RequestId !== undefined;
}

function clientSender() {
  const core = load('@alicloud/openapi-client');
  const util = load('@alicloud/tea-util');
  const client = new core.default(new core.Config({
    accessKeyId: ID, accessKeySecret: SECRET, endpoint: base.replace('https://', ''), protocol: 'HTTPS',
  }));
  const params = new core.Params({
    action: ACTION, version: VERSION, protocol: 'HTTPS', pathname: '/', method: 'POST', authType: 'AK', style: 'RPC',
    reqBodyType: 'json', bodyType: 'json',
  });
  const runtime = new util.RuntimeOptions({ readTimeout: 30000, connectTimeout: 10000 });
  return async (i) => {
    const answer = await client.callApi(params, new core.OpenApiRequest({ query: paramsOf(i) }), runtime);
    return answer.statusCode === 200 && answer.body.RequestId !== undefined;
  };
}

async function main() {
  const send = kind === 'pop' ? popSender() : clientSender();
  let started = 0;
  let failed = 0;
  const begun = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: concurrency }, async () => {
    while (started < requests) {
      started++;
      if (!await send(started)) failed++;
    }
  }));
  const used = process.cpuUsage(cpu);
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  console.log(seconds.toFixed(6), ((used.user + used.system) / 1e6).toFixed(6), requests, connections, failed);
  process.exit(failed === 0 ? 0 : 1);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
