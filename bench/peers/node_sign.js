// Signing with the vendor's packages for Node.
//
//   node bench/peers/node_sign.js MODULES INPUTS BATCH        MODULES: a node_modules folder; INPUTS: a JSON file
//
// v3: what @alicloud/openapi-client's doRequest does until it sends, from its own parts. v1: RPCClient.request of
// @alicloud/pop-core, which has no smaller part that signs; its HTTP request answers at once. zego: Node's crypto; the
// vendor has no package for the server API.
// Prints one JSON object: microseconds of CPU time per signature, and one request of each kind as a proof.
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');

const [modules, file, batchText] = process.argv.slice(2);
const batch = Number(batchText);
const { account, kinds } = JSON.parse(fs.readFileSync(file, 'utf8'));
const load = (name) => require(path.join(modules, name));
const OpenApiUtil = load('@alicloud/openapi-util').default;
const TeaUtil = load('@alicloud/tea-util').default;
const httpx = load('httpx');
const RPCClient = load('@alicloud/pop-core').RPCClient;

function v3() {
  const kind = kinds.v3;
  const request = {
    method: kind.method, pathname: '/', query: Object.assign({}, kind.params),
    headers: {
      host: account.HOST, 'x-acs-version': account.VERSION, 'x-acs-action': kind.action,
      'x-acs-date': OpenApiUtil.getTimestamp(), 'x-acs-signature-nonce': TeaUtil.getNonce(), accept: 'application/json',
    },
  };
  const algorithm = 'ACS3-HMAC-SHA256';
  const hash = OpenApiUtil.hexEncode(OpenApiUtil.hash(TeaUtil.toBytes(''), algorithm));
  request.headers['x-acs-content-sha256'] = hash;
  request.headers.Authorization = OpenApiUtil.getAuthorization(request, algorithm, hash, account.ID, account.SECRET);
  let query = '';
  for (const name in request.query) {
    query += (query ? '&' : '?') + encodeURIComponent(name) + '=' + encodeURIComponent(request.query[name]);
  }
  return {
    target: '/' + query, authorization: request.headers.Authorization, date: request.headers['x-acs-date'],
    nonce: request.headers['x-acs-signature-nonce'],
  };
}

let url;
httpx.request = async (target) => {
  url = target;
  return { statusCode: 200, headers: {}, req: { getHeaders: () => ({}) } };
};
httpx.read = async () => '{}';
const rpc = new RPCClient({
  accessKeyId: account.ID, accessKeySecret: account.SECRET, endpoint: 'https://' + account.HOST,
  apiVersion: account.VERSION,
});

async function v1() {
  await rpc.request(kinds.v1.action, kinds.v1.params);
  return url;
}

function zego() {
  const kind = kinds.zego;
  const nonce = crypto.randomBytes(8).toString('hex');
  const time = Math.floor(Date.now() / 1000);
  const signature = crypto.createHash('md5').update(account.APP_ID + nonce + account.ZEGO_SECRET + time).digest('hex');
  const query = new URLSearchParams({
    Action: kind.action, AppId: account.APP_ID, SignatureNonce: nonce, Timestamp: time, Signature: signature,
    SignatureVersion: '2.0',
  });
  for (const id of kind.params.StreamId) query.append('StreamId[]', id);
  query.append('Sequence', kind.params.Sequence);
  return '/?' + query.toString();
}

async function main() {
  const report = { microseconds: {}, proof: {} };
  for (const [name, sign] of Object.entries({ v3, v1, zego })) {
    report.proof[name] = await sign();
    for (let i = 0; i < Math.max(batch, 3000); i++) await sign(); // compiled by then
    const begun = process.cpuUsage();
    if (name === 'v1') {
      for (let i = 0; i < batch; i++) await sign();
    } else {
      for (let i = 0; i < batch; i++) sign();
    }
    const used = process.cpuUsage(begun);
    report.microseconds[name + '_node'] = (used.user + used.system) / batch;
  }
  console.log(JSON.stringify(report));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
